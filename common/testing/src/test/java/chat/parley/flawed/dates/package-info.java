/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.dates;

import org.jspecify.annotations.NullMarked;
