/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.waiting;

import org.jspecify.annotations.NullMarked;
