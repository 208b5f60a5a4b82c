/** The bytes of uploads, in an S3 store. */
@Foundation
@NullMarked
package chat.parley.media.storage;

import chat.parley.service.Foundation;
import org.jspecify.annotations.NullMarked;
