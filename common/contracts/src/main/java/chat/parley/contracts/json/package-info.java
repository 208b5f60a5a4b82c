/** The one JSON dialect of the suite, and the reading and writing of events in it. */
@NullMarked
package chat.parley.contracts.json;

import org.jspecify.annotations.NullMarked;
