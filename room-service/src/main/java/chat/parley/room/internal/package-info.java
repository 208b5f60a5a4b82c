/** What the other services ask. */
@NullMarked
package chat.parley.room.internal;

import org.jspecify.annotations.NullMarked;
