/** Sending a message: what is checked before it gets its place in the room. */
@NullMarked
package chat.parley.message.posting;

import org.jspecify.annotations.NullMarked;
