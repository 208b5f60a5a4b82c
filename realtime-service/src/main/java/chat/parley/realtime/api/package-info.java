/** The HTTP API through which an app's server publishes and asks. */
@NullMarked
package chat.parley.realtime.api;

import org.jspecify.annotations.NullMarked;
