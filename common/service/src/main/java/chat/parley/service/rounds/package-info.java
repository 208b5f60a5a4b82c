/** Work that a service does of itself, again and again, as long as it runs. */
@NullMarked
package chat.parley.service.rounds;

import org.jspecify.annotations.NullMarked;
