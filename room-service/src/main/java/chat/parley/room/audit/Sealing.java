package chat.parley.room.audit;

import chat.parley.room.Transactions;
import chat.parley.room.audit.AuditEntries.WaitingEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Gives waiting entries their places. Whoever does holds the head's row: of two instances one passes by, and one that
 * is killed in the middle has done nothing.
 */
@Component
class Sealing {

    private final AuditEntries entries;
    private final AuditKey key;
    private final Transactions transactions;
    private final int batch;

    Sealing(AuditEntries entries, AuditKey key, Transactions transactions, AuditProperties properties) {
        this.entries = entries;
        this.key = key;
        this.transactions = transactions;
        this.batch = properties.audit().batch();
    }

    /** Places everything that waits; empty if nothing does, or another instance is at it. */
    Mono<Sealed> run() {
        return next(AuditEntries.FROM_THE_FIRST)
            .expand(done -> done.isMore() ? next(done.arrival()) : Mono.empty())
            .reduce(Sealed::and);
    }

    /** One transaction: a batch of those that arrived after the given one. */
    private Mono<Sealed> next(long after) {
        return transactions.run(
            entries
                .takeHead()
                .flatMap(head -> entries.waiting(after, batch).flatMap(waiting -> place(head, waiting)))
        );
    }

    private Mono<Sealed> place(Checkpoint head, List<WaitingEntry> waiting) {
        if (waiting.isEmpty()) {
            return Mono.empty();
        }
        List<SealedEntry> genuine = waiting
            .stream()
            .map(WaitingEntry::sealed)
            .filter(this::isGenuine)
            .toList();
        List<ChainedEntry> placed = chain(head, genuine);
        Sealed done = new Sealed(
            head,
            placed.isEmpty() ? head : new Checkpoint(placed.getLast().position(), placed.getLast().mac()),
            waiting.size() - placed.size(),
            waiting.getLast().arrival(),
            waiting.size() == batch
        );
        return (placed.isEmpty() ? Mono.empty() : entries.place(placed)).thenReturn(done);
    }

    private boolean isGenuine(SealedEntry sealed) {
        return Arrays.equals(key.seal(sealed.entry()), sealed.seal());
    }

    private List<ChainedEntry> chain(Checkpoint head, List<SealedEntry> genuine) {
        List<ChainedEntry> placed = new ArrayList<>();
        long position = head.position();
        byte[] mac = head.mac();
        for (SealedEntry sealed : genuine) {
            position++;
            mac = key.link(position, mac, sealed);
            placed.add(new ChainedEntry(position, mac, sealed));
        }
        return placed;
    }

    /**
     * What was done.
     *
     * @param from the head as it was found
     * @param to the head as it was left
     * @param forged how many entries were passed by because this service has not written them
     * @param arrival of the last one that was looked at
     * @param isMore whether more may wait behind that
     */
    record Sealed(Checkpoint from, Checkpoint to, int forged, long arrival, boolean isMore) {
        Sealed and(Sealed later) {
            return new Sealed(from, later.to, forged + later.forged, later.arrival, later.isMore);
        }
    }
}
