/** Changing what one has written. */
@NullMarked
package chat.parley.message.editing;

import org.jspecify.annotations.NullMarked;
