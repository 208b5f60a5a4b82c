/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.right;

import org.jspecify.annotations.NullMarked;
