/** What is measured. */
@NullMarked
package chat.parley.bench.cases;

import org.jspecify.annotations.NullMarked;
