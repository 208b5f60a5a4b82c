/** From sockets that come and go to people who are here or gone. */
@NullMarked
package chat.parley.presence.online;

import org.jspecify.annotations.NullMarked;
