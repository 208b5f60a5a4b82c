/** The benchmarks behind {@code ./parley bench}. */
@NullMarked
package chat.parley.bench;

import org.jspecify.annotations.NullMarked;
