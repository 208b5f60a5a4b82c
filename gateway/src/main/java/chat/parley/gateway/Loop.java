package chat.parley.gateway;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * One event loop. What is connected through it is served by it, and what is scheduled on it wakes no other thread.
 */
public final class Loop implements LoopResources {

    private final EventLoop loop;
    private final LoopResources all;
    private final Scheduler scheduler;

    Loop(EventLoop loop, LoopResources all) {
        this.loop = loop;
        this.all = all;
        this.scheduler = Schedulers.fromExecutorService(loop);
    }

    /** For timeouts: the JVM's own scheduler would be woken for each, on a thread of its own. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /** The same as a group of its own, for those who want one. */
    public EventLoopGroup group() {
        return loop;
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return loop;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return loop;
    }

    /** A single loop does not say which kind of channel it serves; those it belongs to do. */
    @Override
    public <C extends Channel> C onChannel(Class<C> type, EventLoopGroup group) {
        return all.onChannel(type, all.onClient(DEFAULT_NATIVE));
    }

    @Override
    public <C extends Channel> Class<? extends C> onChannelClass(Class<C> type, EventLoopGroup group) {
        return all.onChannelClass(type, all.onClient(DEFAULT_NATIVE));
    }
}
