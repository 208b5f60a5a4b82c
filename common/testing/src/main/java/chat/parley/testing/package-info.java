/** What the tests of all services share; none of it reaches production. */
@NullMarked
package chat.parley.testing;

import org.jspecify.annotations.NullMarked;
