/** Circuit breakers: whoever keeps failing is left alone for a while. */
@NullMarked
package chat.parley.service.breakers;

import org.jspecify.annotations.NullMarked;
