/** What is known about an upload, for its owner and for the other services. */
@NullMarked
package chat.parley.media.records;

import org.jspecify.annotations.NullMarked;
