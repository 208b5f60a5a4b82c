/** What the realtime nodes tell of their sockets. */
@NullMarked
package chat.parley.contracts.connection;

import org.jspecify.annotations.NullMarked;
