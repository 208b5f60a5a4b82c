/** Uploads and what became of them. */
@NullMarked
package chat.parley.contracts.media;

import org.jspecify.annotations.NullMarked;
