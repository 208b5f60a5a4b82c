package chat.parley.room.accounts.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** One machine's idea of a time that a test sets: it is off by something. */
final class SettableClock extends Clock {

    private final InstantSource right;
    private final Duration off;

    SettableClock(InstantSource right, Duration off) {
        this.right = right;
        this.off = off;
    }

    @Override
    public Instant instant() {
        return right.instant().plus(off);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
