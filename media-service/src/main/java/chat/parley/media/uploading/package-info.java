/** Taking in a file: its bytes go to the store as they come, and are looked at on the way. */
@NullMarked
package chat.parley.media.uploading;

import org.jspecify.annotations.NullMarked;
