/** Reading the replies to a message. */
@NullMarked
package chat.parley.message.threads;

import org.jspecify.annotations.NullMarked;
