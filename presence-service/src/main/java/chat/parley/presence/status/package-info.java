/** What people see of each other: online, away, not to be disturbed, gone since when. */
@NullMarked
package chat.parley.presence.status;

import org.jspecify.annotations.NullMarked;
