/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.importing;

import org.jspecify.annotations.NullMarked;
