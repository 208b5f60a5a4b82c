/** How this node's event loops reach the network. */
@NullMarked
package chat.parley.realtime.transport;

import org.jspecify.annotations.NullMarked;
