/** A feature. */
@NullMarked
package chat.parley.sound.posting;

import org.jspecify.annotations.NullMarked;
