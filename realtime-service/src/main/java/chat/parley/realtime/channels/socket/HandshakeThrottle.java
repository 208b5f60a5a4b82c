package chat.parley.realtime.channels.socket;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Bounds the handshakes that this node makes in a second. After a restart all clients come back at once and without
 * jitter; who is told 4100 tries again after a second, and being told so takes a handshake too, if a cheap one. So that
 * is bounded as well, and whoever comes beyond it gets a plain 503.
 */
@Component
final class HandshakeThrottle {

    private final @Nullable Pace welcomes;
    private final @Nullable Pace farewells;

    HandshakeThrottle(EntranceProperties properties) {
        int rate = properties.handshakesPerSecond();
        int burst = properties.handshakeBurst();
        long now = System.nanoTime();
        this.welcomes = rate == 0 ? null : new Pace(rate, burst, now);
        this.farewells = rate == 0 ? null : new Pace(rate, burst, now);
    }

    enum Verdict {
        /** In with it. */
        WELCOME,
        /** Shake hands, only to say that it should come back later. */
        FAREWELL,
        /** Not even that. */
        REFUSE,
    }

    Verdict next() {
        if (welcomes == null || farewells == null) {
            return Verdict.WELCOME;
        }
        long now = System.nanoTime();
        if (welcomes.takes(now)) {
            return Verdict.WELCOME;
        }
        return farewells.takes(now) ? Verdict.FAREWELL : Verdict.REFUSE;
    }
}
