/** A service that breaks every rule, each in a package of its own. */
@NullMarked
package chat.parley.flawed;

import org.jspecify.annotations.NullMarked;
