/** Whether this instance has the keys of what is stored: until it has, it answers nothing and writes nothing. */
@NullMarked
package chat.parley.message.keys;

import org.jspecify.annotations.NullMarked;
