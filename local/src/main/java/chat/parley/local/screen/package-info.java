/** How a start looks: redrawn in place on a terminal, line by line in a pipe. */
@NullMarked
package chat.parley.local.screen;

import org.jspecify.annotations.NullMarked;
