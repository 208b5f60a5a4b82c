/** The way of one frame to many sockets: a hub per event loop, with its own sockets and its channels' subscribers. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.fanout;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
