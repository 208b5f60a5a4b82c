/** Users, rooms and members: what they are, and how PostgreSQL keeps them. */
@NullMarked
package chat.parley.room;

import org.jspecify.annotations.NullMarked;
