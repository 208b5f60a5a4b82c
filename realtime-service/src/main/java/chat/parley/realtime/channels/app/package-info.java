/** The apps that this installation serves, and how what they sign is recognised. */
@Foundation
@NullMarked
package chat.parley.realtime.channels.app;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
