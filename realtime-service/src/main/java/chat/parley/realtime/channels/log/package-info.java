/** What this node writes to Kafka and hears from it. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.log;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
