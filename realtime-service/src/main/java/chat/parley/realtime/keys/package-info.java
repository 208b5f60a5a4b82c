/** Whether this node has the keys of the messages that it is to show. */
@NullMarked
package chat.parley.realtime.keys;

import org.jspecify.annotations.NullMarked;
