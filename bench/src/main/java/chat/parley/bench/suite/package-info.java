/** The suite under measurement: started, seeded, watched and stopped. */
@NullMarked
package chat.parley.bench.suite;

import org.jspecify.annotations.NullMarked;
