/** What STYLE asks of every service's layout and code, as rules that fail a build. */
@NullMarked
package chat.parley.testing.architecture;

import org.jspecify.annotations.NullMarked;
