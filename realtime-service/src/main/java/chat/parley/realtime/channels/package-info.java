/** Pusher Channels: apps, their channels, the sockets on them, and the way of an event there. */
@Foundation
@NullMarked
package chat.parley.realtime.channels;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
