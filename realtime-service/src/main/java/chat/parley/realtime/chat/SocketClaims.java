package chat.parley.realtime.chat;

import chat.parley.contracts.UserId;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

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
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    SocketClaims(ReactiveStringRedisTemplate redis) {
        this.redis = redis;
    }

    Mono<Void> claim(String socketId, UserId user) {
        return redis
            .opsForValue()
            .set(keyOf(socketId), user.toString(), KEPT)
            .timeout(TIMEOUT)
            .subscribeOn(connecting)
            .then();
    }

    /** Empty if nobody has. */
    Mono<UserId> find(String socketId) {
        return redis
            .opsForValue()
            .get(keyOf(socketId))
            .map(UserId::of)
            .timeout(TIMEOUT)
            .subscribeOn(connecting);
    }

    private static String keyOf(String socketId) {
        return "parley:realtime:claim:" + socketId;
    }
}
