/** Who is in a presence channel, counted in Redis by user and node. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.members;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
