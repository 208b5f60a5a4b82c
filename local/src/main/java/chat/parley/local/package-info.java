/** What `./parley` runs: the whole suite on one machine, started, watched and stopped by one program. */
@NullMarked
package chat.parley.local;

import org.jspecify.annotations.NullMarked;
