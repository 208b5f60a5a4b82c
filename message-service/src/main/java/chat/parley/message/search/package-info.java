/** Finding messages by what they say, in all rooms of the caller. */
@NullMarked
package chat.parley.message.search;

import org.jspecify.annotations.NullMarked;
