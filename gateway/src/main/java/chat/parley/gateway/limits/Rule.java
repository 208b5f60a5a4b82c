package chat.parley.gateway.limits;

import java.util.List;
import java.util.stream.Stream;

/** The buckets that a kind of call takes its tokens from. Two rules are never equal, so a claim is quick to look up. */
final class Rule {

    private final List<Bucket> buckets;
    private final List<String> sizes;

    Rule(Bucket... buckets) {
        this.buckets = List.of(buckets);
        this.sizes = this.buckets.stream()
            .flatMap(bucket -> Stream.of(Integer.toString(bucket.burst()), Double.toString(bucket.micros())))
            .toList();
    }

    List<Bucket> buckets() {
        return buckets;
    }

    /** Of each bucket its burst and its interval, as Redis is told them. */
    String[] sizes() {
        return sizes.toArray(String[]::new);
    }
}
