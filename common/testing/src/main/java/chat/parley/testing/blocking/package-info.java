/** Lets tests fail on a blocking call where none may be, and says which few are allowed. */
@NullMarked
package chat.parley.testing.blocking;

import org.jspecify.annotations.NullMarked;
