/** Reacting to messages. */
@NullMarked
package chat.parley.message.reactions;

import org.jspecify.annotations.NullMarked;
