package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps the {@link Lease} while the service runs. */
@Component
final class Heartbeat extends Rounds {

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Lease lease;

    Heartbeat(Lease lease, LeaseProperties properties) {
        super(Pace.every(properties.beat()).fromTheStart().noneLongerThan(properties.validFor()));
        this.lease = lease;
    }

    @Override
    protected Mono<Void> round() {
        return lease.beat();
    }

    @Override
    @LeavesTheChain("The lifecycle waits for the callback.")
    public void stop(Runnable callback) {
        stop();
        lease
            .release()
            .timeout(FAREWELL)
            .onErrorComplete()
            .doFinally(_ -> callback.run())
            .subscribe();
    }

    /** Longer than the lanes, which need it to their last write. */
    @Override
    public int getPhase() {
        return -1;
    }
}
