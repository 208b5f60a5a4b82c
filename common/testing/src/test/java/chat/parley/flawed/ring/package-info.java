/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.ring;

import org.jspecify.annotations.NullMarked;
