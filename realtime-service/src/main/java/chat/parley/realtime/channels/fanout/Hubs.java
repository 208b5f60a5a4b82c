package chat.parley.realtime.channels.fanout;

import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The hub of each event loop that has had a socket. */
@Component
public final class Hubs {

    private final Channels channels;
    private final FanoutMeters meters;
    private final Map<EventLoop, Hub> byLoop = new ConcurrentHashMap<>();

    public Hubs(Channels channels, FanoutMeters meters) {
        this.channels = channels;
        this.meters = meters;
    }

    public Hub of(EventLoop loop) {
        return byLoop.computeIfAbsent(loop, added -> new Hub(added, channels, meters));
    }

    public Collection<Hub> all() {
        return List.copyOf(byLoop.values());
    }
}
