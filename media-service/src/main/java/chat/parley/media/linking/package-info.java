/** Which rooms have which uploads, and the end of those that no room has any more. */
@NullMarked
package chat.parley.media.linking;

import org.jspecify.annotations.NullMarked;
