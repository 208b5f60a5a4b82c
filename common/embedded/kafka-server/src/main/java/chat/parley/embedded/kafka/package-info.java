/** Kafka as one process: broker and controller, formatted at its first start. */
@NullMarked
package chat.parley.embedded.kafka;

import org.jspecify.annotations.NullMarked;
