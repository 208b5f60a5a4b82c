/** The words of the Pusher Channels protocol: names, frames and codes; nothing here keeps state. */
@NullMarked
package chat.parley.realtime.protocol;

import org.jspecify.annotations.NullMarked;
