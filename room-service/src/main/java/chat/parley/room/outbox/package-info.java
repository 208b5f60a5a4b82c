/** From the outbox to Kafka. */
@NullMarked
package chat.parley.room.outbox;

import org.jspecify.annotations.NullMarked;
