package chat.parley.presence.online;

import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.presence.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events of the nodes in their order, as {@code heard.lua} takes those that concern a shard. */
final class Heard {

    private final Duration lease;
    private final Map<Shard, List<Object>> arguments = new HashMap<>();

    /** @param lease how long a node is taken for alive after its last word */
    Heard(Duration lease) {
        this.lease = lease;
    }

    void add(ConnectionEvent event) {
        switch (event) {
            case ConnectionIdentified identified -> add(
                identified.userId(),
                List.of(
                    "identified",
                    identified.nodeId(),
                    leaseFrom(identified.at()),
                    identified.userId(),
                    identified.socketId()
                )
            );
            case ConnectionClosed closed -> add(
                closed.userId(),
                List.of("closed", closed.nodeId(), "", closed.userId(), closed.socketId())
            );
            // A node's users are in every shard.
            case NodeAlive alive -> Shard.all().forEach(shard ->
                add(shard, List.of("alive", alive.nodeId(), leaseFrom(alive.at()), "", ""))
            );
            case TypingWhispered _ -> {
                // Who types is online by their socket.
            }
        }
    }

    private long leaseFrom(Instant at) {
        return at.plus(lease).toEpochMilli();
    }

    private void add(UserId user, List<Object> fields) {
        add(Shard.of(user), fields);
    }

    private void add(Shard shard, List<Object> fields) {
        arguments.computeIfAbsent(shard, _ -> new ArrayList<>()).addAll(fields);
    }

    Map<Shard, List<Object>> byShard() {
        return arguments;
    }
}
