package chat.parley.gateway.limits;

import chat.parley.gateway.TokenBucket;

/**
 * One of the buckets that a caller has.
 *
 * @param name short, for it is a part of the key in Redis
 * @param micros the microseconds after which a spent token is there again
 */
record Bucket(String name, int burst, double micros) {
    private static final double NANOS = 1_000;

    static Bucket of(String name, TokenBucket size) {
        return new Bucket(name, size.burst(), size.interval().toNanos() / NANOS);
    }
}
