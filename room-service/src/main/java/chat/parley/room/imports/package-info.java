/** What an import from another chat makes here: people without a password, rooms, and who is in them. */
@NullMarked
package chat.parley.room.imports;

import org.jspecify.annotations.NullMarked;
