/** Users, rooms and members as the services tell each other of them. */
@NullMarked
package chat.parley.contracts.room;

import org.jspecify.annotations.NullMarked;
