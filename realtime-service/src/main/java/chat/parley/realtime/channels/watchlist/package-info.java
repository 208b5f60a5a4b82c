/** Who wants to know of whom whether they are signed in anywhere. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.watchlist;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
