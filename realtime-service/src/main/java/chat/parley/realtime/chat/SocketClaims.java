package chat.parley.realtime.chat;

import chat.parley.contracts.UserId;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which user has asked to authorize a socket. The protocol's signature of a private channel names no user, but the
 * node that holds the socket must know whose it is, to end its subscriptions when that user leaves a room; and the
 * node that was asked may be another one. Kept for a minute: clients subscribe right after they are authorized.
 */
@Component
class SocketClaims {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ReactiveStringRedisTemplate redis;

    SocketClaims(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    Mono<Void> claim(String socketId, UserId user) {
        return redis.opsForValue().set(keyOf(socketId), user.toString(), KEPT).timeout(TIMEOUT).then();
    }

    /** Empty if nobody has. */
    Mono<UserId> find(String socketId) {
        return redis.opsForValue().get(keyOf(socketId)).map(UserId::of).timeout(TIMEOUT);
    }

    private static String keyOf(String socketId) {
        return "parley:realtime:claim:" + socketId;
    }
}
