package chat.parley.presence.online;

import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.presence.Lua;
import chat.parley.presence.Shard;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sockets of all nodes, and what follows from them for their users. Every step is one script, can be repeated
 * without harm, and may be taken by any instance.
 *
 * <p>Leases count from the time of the node's event, not from when it is read: after an outage of ours, the events
 * of a node that died meanwhile bring nobody back, and a node that lives has renewed its lease further on in the log.
 */
@Component
final class Connections {

    private static final String FAMILY = "presence";
    private static final int FIELDS_OF_A_CHANGE = 4;

    private static final Lua IDENTIFIED = Lua.of("online.lua", "identified.lua");
    private static final Lua CLOSED = Lua.of("online.lua", "closed.lua");
    private static final Lua ALIVE = Lua.of("online.lua", "alive.lua");
    private static final Lua DUE = Lua.of("online.lua", "due.lua");
    private static final Lua TOLD = Lua.of("told.lua");
    private static final Lua NOT_TOLD = Lua.of("not-told.lua");

    private final ReactiveStringRedisTemplate redis;
    private final OnlineProperties properties;
    private final Clock clock;

    Connections(ReactiveStringRedisTemplate redis, OnlineProperties properties, Clock clock) {
        this.redis = redis;
        this.properties = properties;
        this.clock = clock;
    }

    Mono<Void> identified(ConnectionIdentified event) {
        return run(
            IDENTIFIED,
            Shard.of(event.userId()),
            event.nodeId(),
            leaseFrom(event.at()),
            event.userId(),
            event.socketId()
        ).then();
    }

    Mono<Void> closed(ConnectionClosed event) {
        return run(CLOSED, Shard.of(event.userId()), event.nodeId(), event.userId(), event.socketId()).then();
    }

    Mono<Void> alive(NodeAlive event) {
        return Shard.all()
            .flatMap(shard -> run(ALIVE, shard, event.nodeId(), leaseFrom(event.at())), Shard.COUNT)
            .then();
    }

    private long leaseFrom(Instant at) {
        return at.plus(properties.lease()).toEpochMilli();
    }

    /**
     * Lets time do its work in the shard: leases end, graces end. Takes the changes that have to be told now; another
     * instance takes one of them only if this one neither calls {@link #told} nor {@link #notTold} in time.
     */
    Flux<Change> due(Shard shard) {
        return run(
            DUE,
            shard,
            properties.memory().toMillis(),
            properties.retell().toMillis(),
            properties.batch()
        ).flatMapIterable(Connections::changesOf);
    }

    private static List<Change> changesOf(List<String> flat) {
        return IntStream.range(0, flat.size() / FIELDS_OF_A_CHANGE)
            .mapToObj(i -> changeOf(flat.subList(i * FIELDS_OF_A_CHANGE, (i + 1) * FIELDS_OF_A_CHANGE)))
            .toList();
    }

    private static Change changeOf(List<String> fields) {
        return new Change(
            UserId.of(fields.get(0)),
            fields.get(1).equals("1"),
            Long.parseLong(fields.get(2)),
            Instant.ofEpochMilli(Long.parseLong(fields.get(3)))
        );
    }

    /** The change is known to everybody; what came after it is due at once. */
    Mono<Void> told(Change change) {
        Shard shard = Shard.of(change.user());
        return TOLD.run(redis, shard.keys(FAMILY), clock.millis(), change.user(), change.version()).then();
    }

    /** The change could not be told; it is due again in a moment. */
    Mono<Void> notTold(Change change) {
        Instant again = clock.instant().plus(properties.retry());
        return NOT_TOLD.run(
            redis,
            Shard.of(change.user()).keys(FAMILY),
            again.toEpochMilli(),
            change.user()
        ).then();
    }

    private Mono<List<String>> run(Lua script, Shard shard, Object... arguments) {
        return Mono.defer(() -> {
            Object[] all = new Object[arguments.length + 2];
            all[0] = clock.millis();
            all[1] = properties.grace().toMillis();
            System.arraycopy(arguments, 0, all, 2, arguments.length);
            return script.run(redis, shard.keys(FAMILY), all);
        });
    }
}
