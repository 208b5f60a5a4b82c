/** How many there are over all nodes: subscriptions of each channel, signed-in connections of each user. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.census;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
