/** The language between the services: ids, topics and events. No Spring, no behaviour of any one service. */
@NullMarked
package chat.parley.contracts;

import org.jspecify.annotations.NullMarked;
