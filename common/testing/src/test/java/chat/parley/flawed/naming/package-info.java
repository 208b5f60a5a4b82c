/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.naming;

import org.jspecify.annotations.NullMarked;
