/** A connection's life: handshake, what its client says, and its end. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.socket;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
