/** Registering, signing in and staying signed in. */
@NullMarked
package chat.parley.room.accounts;

import org.jspecify.annotations.NullMarked;
