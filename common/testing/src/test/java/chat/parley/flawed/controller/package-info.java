/** Breaks a rule. */
@NullMarked
package chat.parley.flawed.controller;

import org.jspecify.annotations.NullMarked;
