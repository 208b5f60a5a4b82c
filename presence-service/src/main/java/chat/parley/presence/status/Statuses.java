package chat.parley.presence.status;

import chat.parley.contracts.UserId;
import chat.parley.presence.Shard;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.ReactiveHashOperations;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is known of each user's presence. */
@Component
final class Statuses {

    private static final List<String> FIELDS = List.of("online", "status", "text", "last_seen");
    // As many as one request may ask for: their commands travel to Redis together.
    private static final int READS_AT_ONCE = 100;

    private final ReactiveHashOperations<String, String, String> hashes;

    Statuses(ReactiveStringRedisTemplate redis) {
        this.hashes = redis.opsForHash();
    }

    /** One for each user, in the given order; of somebody who never came by, that they are offline. */
    Flux<Presence> find(List<UserId> users) {
        return Flux.fromIterable(users).flatMapSequential(this::find, READS_AT_ONCE);
    }

    private Mono<Presence> find(UserId user) {
        return hashes.multiGet(key(user), FIELDS).map(values -> presenceOf(user, values));
    }

    private static Presence presenceOf(UserId user, List<@Nullable String> values) {
        boolean online = "1".equals(values.get(0));
        String status = values.get(1);
        String text = values.get(2);
        String lastSeen = values.get(3);
        return new Presence(
            user,
            online ? Status.of(status == null ? "online" : status) : Status.OFFLINE,
            text == null ? "" : text,
            lastSeen == null ? null : Instant.ofEpochMilli(Long.parseLong(lastSeen))
        );
    }

    Mono<Presence> change(UserId user, ChangeStatus change) {
        Map<String, String> fields = new HashMap<>();
        if (change.status() != null) {
            fields.put("status", change.status());
        }
        if (change.text() != null) {
            fields.put("text", change.text());
        }
        Mono<Boolean> written = fields.isEmpty() ? Mono.just(true) : hashes.putAll(key(user), fields);
        return written.then(find(user));
    }

    private static String key(UserId user) {
        return Shard.of(user).keys("presence") + ":user:" + user;
    }
}
