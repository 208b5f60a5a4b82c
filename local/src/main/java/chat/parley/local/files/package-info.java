/** What the launcher keeps on disk: the data folder with its lock and its ports. */
@NullMarked
package chat.parley.local.files;

import org.jspecify.annotations.NullMarked;
