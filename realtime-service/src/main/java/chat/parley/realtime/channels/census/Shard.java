package chat.parley.realtime.channels.census;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of what one app has counted. All its keys share a hash tag, so that they are in one slot of a Redis Cluster
 * and one script may touch them all.
 *
 * @param number below {@link #COUNT}
 */
public record Shard(Counted counted, String appId, int number) {
    /** Part of where everything is: nodes with another number would count apart from each other. */
    static final int COUNT = 16;

    /** Where a name is counted. */
    public static Shard of(Counted counted, String appId, String name) {
        return new Shard(counted, appId, numberOf(name));
    }

    public static List<Shard> all(Counted counted, String appId) {
        return IntStream.range(0, COUNT)
            .mapToObj(number -> new Shard(counted, appId, number))
            .toList();
    }

    /** Java defines what a text's hash is; its upper half knows the names' ends no worse than the lower. */
    static int numberOf(String name) {
        int hash = name.hashCode();
        return ((hash >>> 16) ^ hash) & (COUNT - 1);
    }

    /** Hash: name to the total over all nodes. */
    String totals() {
        return key("totals");
    }

    /** Hash: name to what one node counts. */
    String countsOf(String node) {
        return key("counts:" + node);
    }

    /** Set: the nodes that count anything here. */
    String nodes() {
        return key("nodes");
    }

    /**
     * Sorted set by the time in ms from when it may be told: what has happened to the channels here, see
     * {@link Transition}. Only of apps that some {@link TransitionsWanted} asks for.
     */
    public String due() {
        return key("due");
    }

    /** A key in this shard's slot. */
    public String key(String rest) {
        return "parley:realtime:{" + counted.word() + ":" + appId + ":" + number + "}:" + rest;
    }
}
