/** Durations, their percentiles, and what is reported of them. */
@NullMarked
package chat.parley.bench.figures;

import org.jspecify.annotations.NullMarked;
