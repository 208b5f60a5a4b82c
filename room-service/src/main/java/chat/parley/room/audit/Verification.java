package chat.parley.room.audit;

import chat.parley.room.audit.Verdict.Fault;
import chat.parley.room.audit.Verdict.Wrong;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads the log from its first entry to its last and finds the first place that is not as it was written. It takes no
 * lock and holds one page at a time; what is sealed meanwhile is left to the next verification.
 */
@Component
class Verification {

    private static final int PAGE = 1_000;

    private final AuditEntries entries;
    private final AuditKey key;

    Verification(AuditEntries entries, AuditKey key) {
        this.entries = entries;
        this.key = key;
    }

    /** @param expected what somebody has noted of this log at an earlier time */
    Mono<Verdict> run(@Nullable Checkpoint expected) {
        return entries
            .ends()
            .flatMap(ends -> verify(new Walk(key, ends, expected)))
            .switchIfEmpty(Mono.just(Verdict.broken(new Fault(0, Wrong.HEAD_GONE))));
    }

    private Mono<Verdict> verify(Walk walk) {
        return page(walk)
            .expand(isMore -> isMore ? page(walk) : Mono.empty())
            .then(Mono.defer(() -> conclude(walk)));
    }

    private Mono<Boolean> page(Walk walk) {
        return entries
            .after(walk.position(), PAGE)
            .collectList()
            .map(page -> walk.takesAll(page) && page.size() == PAGE);
    }

    private Mono<Verdict> conclude(Walk walk) {
        return Mono.justOrEmpty(walk.suspect())
            .flatMap(suspect -> diagnose(walk, suspect))
            .switchIfEmpty(Mono.fromSupplier(walk::fault))
            .map(Verdict::broken)
            .switchIfEmpty(Mono.defer(() -> waiting(walk)));
    }

    /** What is wrong with an entry that does not follow from the one before. */
    private Mono<Fault> diagnose(Walk walk, ChainedEntry suspect) {
        if (!isGenuine(suspect.sealed())) {
            return Mono.just(new Fault(suspect.position(), Wrong.CHANGED));
        }
        byte[] link = key.link(suspect.position(), walk.mac(), suspect.sealed());
        return entries
            .at(suspect.position() + 1)
            .map(next -> Arrays.equals(next.mac(), key.link(next.position(), link, next.sealed())))
            .defaultIfEmpty(walk.headIs(suspect.position(), link))
            // All is as it was but the mac itself; or else a genuine entry stands where another one belongs.
            .map(fits -> new Fault(suspect.position(), fits ? Wrong.CHANGED : Wrong.OUT_OF_ORDER));
    }

    private boolean isGenuine(SealedEntry sealed) {
        return Arrays.equals(key.seal(sealed.entry()), sealed.seal());
    }

    private Mono<Verdict> waiting(Walk walk) {
        return entries
            .waiting(AuditEntries.FROM_THE_FIRST, PAGE)
            .zipWith(entries.longestWait(), (waiting, longest) ->
                waiting.stream().allMatch(one -> isGenuine(one.sealed()))
                    ? Verdict.intact(walk.checkpoint(), waiting.size(), longest)
                    : Verdict.broken(new Fault(walk.position() + 1, Wrong.FORGED))
            );
    }

    /** How far the reading has come, in order and without a fault. */
    private static final class Walk {

        private final AuditKey key;
        private final AuditEntries.Ends ends;
        private final @Nullable Checkpoint expected;
        private long position;
        private byte[] mac = new byte[0];
        private @Nullable ChainedEntry suspect;
        private @Nullable Fault fault;

        Walk(AuditKey key, AuditEntries.Ends ends, @Nullable Checkpoint expected) {
            this.key = key;
            this.ends = ends;
            this.expected = expected;
        }

        /** Whether all of them are as they should be. */
        boolean takesAll(List<ChainedEntry> page) {
            return page.stream().allMatch(this::takes);
        }

        private boolean takes(ChainedEntry entry) {
            if (entry.position() > ends.last()) {
                return false;
            }
            if (entry.position() != position + 1) {
                fault = new Fault(position + 1, Wrong.MISSING);
                return false;
            }
            byte[] link = key.link(entry.position(), mac, entry.sealed());
            if (!Arrays.equals(link, entry.mac())) {
                suspect = entry;
                return false;
            }
            position = entry.position();
            mac = link;
            return meetsExpectation();
        }

        private boolean meetsExpectation() {
            if (expected == null || expected.position() != position || expected.isAt(position, mac)) {
                return true;
            }
            fault = new Fault(position, Wrong.NOT_AS_NOTED);
            return false;
        }

        /** Once everything is read: what is wrong, if it was not {@link #suspect an entry}. */
        @Nullable
        Fault fault() {
            if (fault != null) {
                return fault;
            }
            if (position < ends.last()) {
                return new Fault(position + 1, Wrong.MISSING);
            }
            if (position < ends.head().position()) {
                return new Fault(position + 1, Wrong.CUT_OFF);
            }
            if (!headIs(position, mac)) {
                return new Fault(position, Wrong.HEAD_CHANGED);
            }
            return expected != null && expected.position() > position
                ? new Fault(position + 1, Wrong.CUT_OFF)
                : null;
        }

        boolean headIs(long at, byte[] value) {
            return ends.head().isAt(at, value);
        }

        @Nullable
        ChainedEntry suspect() {
            return suspect;
        }

        long position() {
            return position;
        }

        byte[] mac() {
            return mac;
        }

        Checkpoint checkpoint() {
            return new Checkpoint(position, mac);
        }
    }
}
