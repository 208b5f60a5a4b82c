package chat.parley.room.outbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the oldest event has been waiting. It grows by itself: whoever could look last time and cannot now does not
 * know of anything that has gone out since. Of an empty outbox into which nobody can look any more it is the time
 * since the last look, for that is how long something may have been waiting there.
 */
final class Lag {

    private long lookedAt = System.nanoTime();
    private @Nullable Long waitingSince;

    /**
     * @param oldest how old the oldest event was just now; empty if there was none
     */
    synchronized void looked(Optional<Duration> oldest) {
        lookedAt = System.nanoTime();
        waitingSince = oldest.map(age -> lookedAt - age.toNanos()).orElse(null);
    }

    synchronized void couldNotLook() {
        if (waitingSince == null) {
            waitingSince = lookedAt;
        }
    }

    synchronized Duration now() {
        return waitingSince == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - waitingSince);
    }
}
