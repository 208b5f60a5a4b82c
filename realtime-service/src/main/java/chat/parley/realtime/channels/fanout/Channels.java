package chat.parley.realtime.channels.fanout;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which event loops hear which channel, by the channel's key (see
 * {@link chat.parley.contracts.broadcast.BroadcastEvent#keyOf}): asked for every event before anything is parsed.
 */
@Component
public final class Channels {

    private final Map<String, List<Hub>> hearing = new ConcurrentHashMap<>();

    void heardAt(String channelKey, Hub hub) {
        hearing.merge(channelKey, List.of(hub), (known, added) ->
            Stream.concat(known.stream(), added.stream()).toList()
        );
    }

    void unheardAt(String channelKey, Hub hub) {
        hearing.computeIfPresent(channelKey, (_, known) -> {
            List<Hub> left = known
                .stream()
                .filter(other -> other != hub)
                .toList();
            return left.isEmpty() ? null : left;
        });
    }

    /** Whether any socket of this node hears the channel. */
    public boolean isHeard(String channelKey) {
        return hearing.containsKey(channelKey);
    }

    /** How many channels are heard here. */
    public int heard() {
        return hearing.size();
    }

    public void publish(
        String channelKey,
        Supplier<ByteBuf> frame,
        @Nullable String exceptSocketId,
        Instant acceptedAt
    ) {
        publish(channelKey, frame, exceptSocketId, acceptedAt, false);
    }

    /** The same for an event that is its channel's last one until the next: {@link Hub#keptOn} counts these. */
    public void publishKept(
        String channelKey,
        Supplier<ByteBuf> frame,
        @Nullable String exceptSocketId,
        Instant acceptedAt
    ) {
        publish(channelKey, frame, exceptSocketId, acceptedAt, true);
    }

    private void publish(
        String channelKey,
        Supplier<ByteBuf> frame,
        @Nullable String exceptSocketId,
        Instant acceptedAt,
        boolean kept
    ) {
        List<Hub> hubs = hearing.get(channelKey);
        if (hubs == null) {
            return;
        }
        Frame shared = new Frame(frame.get(), exceptSocketId, acceptedAt, kept);
        hubs.forEach(hub -> hub.publish(channelKey, shared.retain()));
        shared.release();
    }

    /** Has something done at every event loop that hears the channel, after what has been published to it so far. */
    public void atListeners(String channelKey, Consumer<Hub> work) {
        hearing.getOrDefault(channelKey, List.of()).forEach(hub -> hub.offer(() -> work.accept(hub)));
    }
}
