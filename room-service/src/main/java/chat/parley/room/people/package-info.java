/** Users as they see themselves and each other. */
@NullMarked
package chat.parley.room.people;

import org.jspecify.annotations.NullMarked;
