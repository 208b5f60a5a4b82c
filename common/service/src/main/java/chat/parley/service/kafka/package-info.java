/** Writing and reading of the suite's topics. */
@NullMarked
package chat.parley.service.kafka;

import org.jspecify.annotations.NullMarked;
