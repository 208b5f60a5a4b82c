/**
 * Who is here and who types, kept in Redis.
 *
 * <p>Keys come in {@value chat.parley.presence.Shard#COUNT} shards, people by their id and typing by the room's. All
 * keys of a shard carry its number as Redis Cluster's hash tag, so that a script finds everything it touches in one
 * slot; {@code NN} is that number:
 *
 * <pre>
 * presence:{NN}:user:USER     hash   online 0|1, version (counts changes of online), last_seen (ms), status, text
 * presence:{NN}:sockets:USER  set    NODE/SOCKET of each identified connection
 * presence:{NN}:node:NODE     set    users who have, or had when it fell silent, a socket on the node
 * presence:{NN}:leases        zset   node → end of its lease (ms)
 * presence:{NN}:lapsed        zset   node that fell silent → end of its last lease; forgotten after a while
 * presence:{NN}:leaving       zset   user without a live socket → when they count as offline
 * presence:{NN}:announce      zset   user whose change is not told yet → when to tell it (again)
 * typing:{NN}:now             zset   ROOM/USER → when the typing ends by itself
 * typing:{NN}:ended           zset   ROOM/USER whose end is not told yet → when to tell it again
 * </pre>
 *
 * <p>A change and the note that it has to be told are written by one script, and the note goes once Kafka has the
 * event: whichever instance dies in between, another one tells it.
 */
@NullMarked
package chat.parley.presence;

import org.jspecify.annotations.NullMarked;
