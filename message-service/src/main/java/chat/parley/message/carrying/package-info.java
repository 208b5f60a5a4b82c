/** Showing what becomes of the uploads that messages carry. */
@NullMarked
package chat.parley.message.carrying;

import org.jspecify.annotations.NullMarked;
