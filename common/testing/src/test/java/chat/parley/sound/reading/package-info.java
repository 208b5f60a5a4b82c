/** Another feature. */
@NullMarked
package chat.parley.sound.reading;

import org.jspecify.annotations.NullMarked;
