package chat.parley.system;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where somebody seems to call from: the suite believes this machine as it would a proxy, so that what is limited by
 * address can be tried, and one test's calls do not use up another's.
 */
record Address(String value) {
    // Three bytes of it, from the clock, so that two runs on one suite do not share any.
    private static final AtomicInteger LAST = new AtomicInteger((int) System.currentTimeMillis());

    /** One that nobody has had. */
    static Address next() {
        int number = LAST.incrementAndGet();
        return new Address(
            "10." + ((number >> 16) & 0xff) + "." + ((number >> 8) & 0xff) + "." + (number & 0xff)
        );
    }

    @Override
    public String toString() {
        return value;
    }
}
