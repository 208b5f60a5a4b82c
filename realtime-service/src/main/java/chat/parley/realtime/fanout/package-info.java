/** The way of one frame to many sockets: a hub per event loop, with its own sockets and its channels' subscribers. */
@NullMarked
package chat.parley.realtime.fanout;

import org.jspecify.annotations.NullMarked;
