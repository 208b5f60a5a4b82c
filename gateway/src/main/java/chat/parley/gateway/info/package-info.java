/** What the suite tells about itself: settings for clients, and the description of its API. */
@NullMarked
package chat.parley.gateway.info;

import org.jspecify.annotations.NullMarked;
