/** Cache channels: the last event of each, kept for whoever subscribes later. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.cache;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
