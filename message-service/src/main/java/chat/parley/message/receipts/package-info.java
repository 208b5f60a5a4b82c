/** Telling that a message has been read; the marker itself is room-service's. */
@NullMarked
package chat.parley.message.receipts;

import org.jspecify.annotations.NullMarked;
