/** What this node writes to Kafka and hears from it. */
@NullMarked
package chat.parley.realtime.log;

import org.jspecify.annotations.NullMarked;
