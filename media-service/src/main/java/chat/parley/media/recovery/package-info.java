/** Brings to an end what a crash has interrupted. */
@NullMarked
package chat.parley.media.recovery;

import org.jspecify.annotations.NullMarked;
