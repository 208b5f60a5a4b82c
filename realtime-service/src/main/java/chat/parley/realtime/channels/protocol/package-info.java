/** The words of the Pusher Channels protocol: names, frames and codes; nothing here keeps state. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.protocol;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
