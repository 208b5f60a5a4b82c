package chat.parley.room.audit;

import chat.parley.service.request.RequestId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes down who did what to which room and member, in the transaction of the change itself: both happen or neither.
 * An entry's place in the chain comes a moment later, from the {@link Sealer}, so that no change waits for another
 * room's.
 */
@Component
public class AuditLog {

    private final AuditEntries entries;
    private final AuditKey key;
    private final Clock clock;

    AuditLog(AuditEntries entries, AuditKey key, Clock clock) {
        this.entries = entries;
        this.key = key;
        this.clock = clock;
    }

    /** Within the transaction of the change, and under the room's lock if it has one: its entries keep that order. */
    public Mono<Void> write(Deed deed) {
        return write(List.of(deed));
    }

    /** As {@link #write(Deed)}, several at once and in this order. */
    public Mono<Void> write(List<Deed> deeds) {
        return Mono.deferContextual(context ->
            entries.add(sealed(deeds, context.<String>getOrDefault(RequestId.CONTEXT_KEY, null)))
        );
    }

    private List<SealedEntry> sealed(List<Deed> deeds, @Nullable String requestId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return deeds
            .stream()
            .map(deed -> AuditEntry.of(deed, now, requestId))
            .map(entry -> new SealedEntry(entry, key.seal(entry)))
            .toList();
    }
}
