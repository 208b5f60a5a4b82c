/** Who is in a room, and as what. */
@NullMarked
package chat.parley.room.membership;

import org.jspecify.annotations.NullMarked;
