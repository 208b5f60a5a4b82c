/** How far everybody has read, as the messages tell. */
@NullMarked
package chat.parley.room.reading;

import org.jspecify.annotations.NullMarked;
