/** Sockets that listen as browsers do, and cost little beside what they listen to. */
@NullMarked
package chat.parley.bench.sockets;

import org.jspecify.annotations.NullMarked;
