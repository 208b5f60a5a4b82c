/** Pages of lists and the opaque cursors between them. */
@NullMarked
package chat.parley.service.paging;

import org.jspecify.annotations.NullMarked;
