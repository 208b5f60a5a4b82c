/** Who is in a presence channel, counted in Redis by user and node. */
@NullMarked
package chat.parley.realtime.members;

import org.jspecify.annotations.NullMarked;
