/** What an admin does to a room as a whole. */
@NullMarked
package chat.parley.room.governing;

import org.jspecify.annotations.NullMarked;
