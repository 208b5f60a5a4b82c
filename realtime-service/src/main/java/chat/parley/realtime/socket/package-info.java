/** A connection's life: handshake, what its client says, and its end. */
@NullMarked
package chat.parley.realtime.socket;

import org.jspecify.annotations.NullMarked;
