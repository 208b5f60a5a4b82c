/** The HTTP API through which an app's server publishes. */
@NullMarked
package chat.parley.realtime.api;

import org.jspecify.annotations.NullMarked;
