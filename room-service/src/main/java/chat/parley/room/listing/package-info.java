/** Rooms as their members and visitors see them. */
@NullMarked
package chat.parley.room.listing;

import org.jspecify.annotations.NullMarked;
