/** Who is online and who types. */
@NullMarked
package chat.parley.contracts.presence;

import org.jspecify.annotations.NullMarked;
