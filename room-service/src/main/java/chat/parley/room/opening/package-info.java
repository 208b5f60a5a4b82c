/** Opening a room, or the conversation of two. */
@NullMarked
package chat.parley.room.opening;

import org.jspecify.annotations.NullMarked;
