/** The sockets: the Pusher Channels protocol for browsers, and the way of every event to them. */
@NullMarked
package chat.parley.realtime;

import org.jspecify.annotations.NullMarked;
