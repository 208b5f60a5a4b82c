/** Giving out files to whoever holds a signed address. */
@NullMarked
package chat.parley.media.delivery;

import org.jspecify.annotations.NullMarked;
