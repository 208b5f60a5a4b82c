/** The components' log files: bounded on disk, followed on screen. */
@NullMarked
package chat.parley.local.logs;

import org.jspecify.annotations.NullMarked;
