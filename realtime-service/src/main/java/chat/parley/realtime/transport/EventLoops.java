package chat.parley.realtime.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/** The node's event loops, all of one transport: they accept, serve and call others. */
final class EventLoops implements LoopResources {

    private final EventLoopGroup group;

    EventLoops(Transport transport, int loops) {
        this.group = new MultiThreadIoEventLoopGroup(
            loops,
            new LoopThreads("loop-" + transport.name().toLowerCase(Locale.ROOT)),
            transport.handlers()
        );
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return group;
    }

    @Override
    public boolean daemon() {
        return true;
    }

    @Override
    public boolean isDisposed() {
        return group.isShuttingDown();
    }

    @Override
    public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
        return Mono.create(done -> {
            Future<?> terminated = group.shutdownGracefully(
                quietPeriod.toMillis(),
                timeout.toMillis(),
                TimeUnit.MILLISECONDS
            );
            terminated.addListener(_ -> done.success());
        });
    }

    /** Reactor refuses to block on its own threads only if it can tell them. */
    private static final class LoopThreads extends DefaultThreadFactory {

        private LoopThreads(String name) {
            super(name, true);
        }

        @Override
        protected Thread newThread(Runnable work, String name) {
            return new LoopThread(work, name);
        }
    }

    private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {

        private LoopThread(Runnable work, String name) {
            super(null, work, name);
        }
    }
}
