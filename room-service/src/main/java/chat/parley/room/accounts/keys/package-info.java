/** The keys that access tokens are signed and checked with. */
@NullMarked
package chat.parley.room.accounts.keys;

import org.jspecify.annotations.NullMarked;
