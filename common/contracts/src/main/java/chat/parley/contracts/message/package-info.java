/** Messages as the services, the history and the channels show them. */
@NullMarked
package chat.parley.contracts.message;

import org.jspecify.annotations.NullMarked;
