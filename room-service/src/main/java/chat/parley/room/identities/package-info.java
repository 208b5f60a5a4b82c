/** People who sign in at an outside issuer, and the users they are here. */
@NullMarked
package chat.parley.room.identities;

import org.jspecify.annotations.NullMarked;
