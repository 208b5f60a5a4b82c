/** Who types where: told once when it begins, and once when it ends. */
@NullMarked
package chat.parley.presence.typing;

import org.jspecify.annotations.NullMarked;
