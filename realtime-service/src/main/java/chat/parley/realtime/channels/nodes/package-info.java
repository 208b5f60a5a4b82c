/** The nodes as they know of each other: each holds a lease in Redis for as long as it lives. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.nodes;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
