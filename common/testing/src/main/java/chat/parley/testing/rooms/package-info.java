/** A room-service made by hand, so that the tests of other services need no real one. */
@NullMarked
package chat.parley.testing.rooms;

import org.jspecify.annotations.NullMarked;
