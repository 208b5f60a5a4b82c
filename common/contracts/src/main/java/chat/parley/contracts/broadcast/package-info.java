/** What one realtime node publishes to the sockets of all. */
@NullMarked
package chat.parley.contracts.broadcast;

import org.jspecify.annotations.NullMarked;
