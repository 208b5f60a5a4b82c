package chat.parley.presence.online;

import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
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

    private static final Lua HEARD = Lua.of("online.lua", "heard.lua");
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

    /** Takes in what the nodes have told, in its order: one step for all that concerns a shard. */
    Mono<Void> hear(List<ConnectionEvent> events) {
        Heard heard = new Heard(properties.lease());
        events.forEach(heard::add);
        return Flux.fromIterable(heard.byShard().entrySet())
            .flatMap(ofShard -> run(HEARD, ofShard.getKey(), ofShard.getValue().toArray()), Shard.COUNT)
            .then();
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
