/** The servers Parley needs, each a child process on a data folder: found again, reaped and restarted there. */
@NullMarked
package chat.parley.embedded;

import org.jspecify.annotations.NullMarked;
