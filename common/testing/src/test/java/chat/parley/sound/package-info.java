/** A service that keeps every rule. */
@NullMarked
package chat.parley.sound;

import org.jspecify.annotations.NullMarked;
