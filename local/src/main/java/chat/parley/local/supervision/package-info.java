/** Keeps components running: starts them in order, brings back what dies, and leaves no process behind. */
@NullMarked
package chat.parley.local.supervision;

import org.jspecify.annotations.NullMarked;
