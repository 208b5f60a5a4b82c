package chat.parley.realtime.channels.census;

import java.util.Map;

/**
 * Totals over all nodes.
 *
 * @param counted what of
 * @param version the time of Redis at which they were so, in microseconds: what is later is newer
 * @param byName 0 where there is none
 */
public record Totals(Counted counted, String appId, long version, Map<String, Integer> byName) {
    public Totals {
        byName = Map.copyOf(byName);
    }

    /** Zero for a name that was not asked for, too. */
    public int of(String name) {
        return byName.getOrDefault(name, 0);
    }
}
