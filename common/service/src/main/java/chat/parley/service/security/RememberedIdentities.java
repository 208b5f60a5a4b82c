package chat.parley.service.security;

import chat.parley.contracts.UserId;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import reactor.core.publisher.Mono;

/** Remembers who is who: that never changes, so nothing here gets old, and only its size is bounded. */
final class RememberedIdentities implements Identities {

    private final Identities source;
    private final AsyncCache<Person, UserId> known;

    RememberedIdentities(Identities source, int maxIdentities, MeterRegistry meters) {
        this.source = source;
        this.known = Caffeine.newBuilder().maximumSize(maxIdentities).recordStats().buildAsync();
        CaffeineCacheMetrics.monitor(meters, known, "identities");
    }

    @Override
    public Mono<UserId> idOf(Identity identity) {
        // Whoever asks meanwhile waits for the same answer; a failed one is not remembered.
        return Mono.fromFuture(
            () ->
                known.get(new Person(identity.issuer(), identity.subject()), (_, _) ->
                    source.idOf(identity).toFuture()
                ),
            true
        );
    }

    private record Person(String issuer, String subject) {}
}
