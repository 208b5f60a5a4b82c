/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.left;

import org.jspecify.annotations.NullMarked;
