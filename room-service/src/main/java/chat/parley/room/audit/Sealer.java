package chat.parley.room.audit;

import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Has entries sealed again and again, and watches over what was sealed before: an instance remembers the last place it
 * gave, so that a log which was cut off and whose head was set back to fit is noticed as long as one of them runs.
 * What outlives them all are the checkpoints in their logs.
 */
@Component
class Sealer extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Sealer.class);

    // A round that hangs (a database that went without a word) would keep all later ones waiting for ever.
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

    private final Sealing sealing;
    private final AuditEntries entries;
    private final AuditProperties.Audit properties;
    private final Clock clock;
    private final AtomicLong waitedMillis = new AtomicLong();
    private final AtomicLong forged = new AtomicLong();
    private volatile boolean broken;
    private volatile boolean late;
    private volatile @Nullable Checkpoint remembered;
    private volatile Checkpoint noted = new Checkpoint(0, new byte[0]);
    private volatile Instant notedAt = Instant.EPOCH;

    Sealer(
        Sealing sealing,
        AuditEntries entries,
        AuditProperties properties,
        Clock clock,
        MeterRegistry meters
    ) {
        super(Pace.every(properties.audit().sealInterval()).noneLongerThan(LONGEST_ROUND));
        this.sealing = sealing;
        this.entries = entries;
        this.properties = properties.audit();
        this.clock = clock;
        TimeGauge.builder("parley.audit.wait", waitedMillis::get, TimeUnit.MILLISECONDS)
            .description("Age of the oldest audit entry that has no place in the chain yet")
            .register(meters);
        Gauge.builder("parley.audit.forged", forged::get)
            .description("Waiting audit entries that this service has not written")
            .register(meters);
        Gauge.builder("parley.audit.broken", () -> broken ? 1 : 0)
            .description("1 once the audit log no longer holds what this instance has sealed")
            .register(meters);
    }

    @Override
    protected Mono<Void> round() {
        return requireMemory()
            .then(Mono.defer(sealing::run))
            .doOnNext(this::report)
            .then(entries.longestWait())
            .doOnNext(this::reportWait)
            .then();
    }

    /** The log still holds what this instance sealed last; if not, that stays said until somebody has looked. */
    private Mono<Void> requireMemory() {
        Checkpoint last = remembered;
        if (last == null || broken) {
            return Mono.empty();
        }
        return entries
            .at(last.position())
            .map(entry -> last.isAt(entry.position(), entry.mac()))
            .defaultIfEmpty(false)
            .doOnNext(isThere -> {
                if (!isThere) {
                    broken = true;
                    log.error("the audit log is broken: it no longer holds {}", last);
                }
            })
            .then();
    }

    private void report(Sealing.Sealed sealed) {
        if (forged.getAndSet(sealed.forged()) < sealed.forged()) {
            log.error("{} waiting audit entries are not this service's own", sealed.forged());
        }
        if (sealed.to().position() > sealed.from().position()) {
            remembered = sealed.to();
        }
        note(sealed.to());
    }

    private void note(Checkpoint head) {
        Instant now = clock.instant();
        if (
            head.position() > noted.position() && !now.isBefore(notedAt.plus(properties.checkpointInterval()))
        ) {
            noted = head;
            notedAt = now;
            log.info("audit log checkpoint {}", head);
        }
    }

    private void reportWait(Duration wait) {
        waitedMillis.set(wait.toMillis());
        boolean isLate = wait.compareTo(properties.lateAfter()) > 0;
        if (isLate && !late) {
            log.error("an audit entry has waited for its seal for {} s", wait.toSeconds());
        }
        late = isLate;
    }

    /** Whether the log was seen to have lost what this instance had sealed. */
    boolean isBroken() {
        return broken;
    }
}
