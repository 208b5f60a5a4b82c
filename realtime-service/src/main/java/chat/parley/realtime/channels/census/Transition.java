package chat.parley.realtime.channels.census;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to a channel, over all nodes together: noted in {@link Shard#due()} by the very script
 * that brings it about, so once, whatever happens to the node. What says that somebody has gone may be told only three
 * seconds later, and is taken back when they return: a reload says nothing.
 *
 * @param kind the word that Pusher's webhooks have for it
 * @param channel the channel's name
 * @param userId who came or went; null but for members
 */
public record Transition(String kind, String channel, @Nullable String userId) {
    /** The script's beginning that enters them; see {@link chat.parley.realtime.channels.nodes.Scripts}. */
    public static final String SCRIPT = "/chat/parley/realtime/channels/census/transitions";

    public static final String OCCUPIED = "channel_occupied";
    public static final String VACATED = "channel_vacated";
    public static final String MEMBER_ADDED = "member_added";
    public static final String MEMBER_REMOVED = "member_removed";
    /** Entered at most once every five seconds for channels of more than a hundred; the total is asked for when told. */
    public static final String SUBSCRIPTION_COUNT = "subscription_count";

    /** Reads an entry: kind, channel and user, each on a line; the last may hold anything. */
    public static Transition read(String entry) {
        List<String> parts = List.of(entry.split("\n", 3));
        return new Transition(parts.get(0), parts.get(1), parts.size() > 2 ? parts.get(2) : null);
    }
}
