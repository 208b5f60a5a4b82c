/** Reading messages: by place in their room, by id, and the newest of many rooms. */
@NullMarked
package chat.parley.message.history;

import org.jspecify.annotations.NullMarked;
