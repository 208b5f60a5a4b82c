/** The apps that this installation serves, and how what they sign is recognised. */
@NullMarked
package chat.parley.realtime.app;

import org.jspecify.annotations.NullMarked;
