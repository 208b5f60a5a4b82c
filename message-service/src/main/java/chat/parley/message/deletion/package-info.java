/** Taking back a message: its place stays, its content goes. */
@NullMarked
package chat.parley.message.deletion;

import org.jspecify.annotations.NullMarked;
