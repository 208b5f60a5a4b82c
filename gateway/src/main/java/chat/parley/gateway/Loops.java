package chat.parley.gateway;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.netty.resources.LoopResources;

/**
 * The event loops that serve the clients. Each has its own connections to the services and to Redis, so that a call stays
 * on one thread: whenever it changes to another and back, it waits twice until that one wakes up.
 */
@Component
public final class Loops {

    private final LoopResources all;
    private final Map<EventLoop, Loop> known = new ConcurrentHashMap<>();

    @Autowired
    Loops(ReactorResourceFactory resources) {
        this(resources.getLoopResources());
    }

    public Loops(LoopResources all) {
        this.all = all;
    }

    /** The one that this thread is; any, where it is none. */
    public Loop here() {
        EventLoop here = all.onClient(LoopResources.DEFAULT_NATIVE).next();
        Loop loop = known.get(here);
        return loop == null ? known.computeIfAbsent(here, one -> new Loop(one, all)) : loop;
    }
}
