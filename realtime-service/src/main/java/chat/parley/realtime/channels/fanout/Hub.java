package chat.parley.realtime.channels.fanout;

import chat.parley.realtime.channels.protocol.CloseCode;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.concurrent.Queues;

/**
 * One event loop's sockets and their channels. Other threads only put work into its inbox; one task a turn takes all
 * that has come since, so that the busier the loop is, the more frames leave in one write. No locks, and an idle loop
 * adds no delay.
 */
public final class Hub {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    /** Beyond this the loop is hopelessly behind: the channel's subscribers are sent away to catch up over HTTP. */
    private static final int MAX_WAITING = 1 << 16;
    private static final int MAX_IN_ONE_TURN = 1 << 12;
    private static final int MAX_JOINED_BYTES = 1 << 16;
    /** The longest that frames wait for others behind a flush; see {@link #flushOrGather()}. */
    private static final long MAX_GATHERING_NANOS = 1_000_000;

    private final EventLoop loop;
    private final LongSupplier clock;
    private final Channels channels;
    private final FanoutMeters meters;
    private final Queue<Runnable> inbox = Queues.<Runnable>unboundedMultiproducer().get();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Set<String> overrun = ConcurrentHashMap.newKeySet();

    private final Map<String, LocalChannel> local = new HashMap<>();
    private final Map<String, Socket> sockets = new HashMap<>();
    private final List<LocalChannel> pending = new ArrayList<>();
    private final List<Socket> unflushed = new ArrayList<>();
    private final List<Frame> flushing = new ArrayList<>();
    /** When the last flush began, and how long the kernel and the loop had to do with it once it is through. */
    private long flushBegan;
    private long flushTook;
    private boolean flushGoesOn;
    private boolean gathering;

    public Hub(EventLoop loop, Channels channels, FanoutMeters meters) {
        this.loop = loop;
        this.clock = loop instanceof AbstractScheduledEventExecutor own
            ? own.ticker()::nanoTime
            : System::nanoTime;
        this.channels = channels;
        this.meters = meters;
    }

    // --- from any thread

    /** Has this done by the event loop, after everything that was put here before. */
    public void offer(Runnable work) {
        inbox.offer(work);
        waiting.incrementAndGet();
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(this::turn);
        }
    }

    /** Takes over the frame, and has it written to the channel's subscribers here. */
    void publish(String channelKey, Frame frame) {
        if (waiting.get() >= MAX_WAITING) {
            frame.release();
            meters.dropped(1);
            if (overrun.add(channelKey)) {
                offer(() -> sendAway(channelKey));
            }
            return;
        }
        offer(() -> append(channelKey, frame));
    }

    /** The event loop, for what comes later and not now. */
    public EventLoop loop() {
        return loop;
    }

    // --- the turn

    private void turn() {
        // Before the inbox is emptied: who puts something there meanwhile schedules another turn.
        scheduled.set(false);
        for (int i = 0; i < MAX_IN_ONE_TURN; i++) {
            Runnable work = inbox.poll();
            if (work == null) {
                break;
            }
            waiting.decrementAndGet();
            run(work);
        }
        flushOrGather();
        if (!inbox.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::turn);
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            // The neighbours' work is in the same inbox; one piece that fails is one too many already.
            log.error("A piece of work failed", e);
        }
    }

    /**
     * What a delivery costs is its write, and whoever comes right behind a flush is seldom alone: others are on their way
     * through Kafka, or wait to be read by this very loop. So they wait for each other as long as the last flush took, a
     * millisecond at most. On a loop with time to spare nobody waits.
     */
    private void flushOrGather() {
        if (gathering) {
            return;
        }
        long wait = flushGoesOn
            ? MAX_GATHERING_NANOS
            : Math.min(gatheringTime(), gatheringTime() - sinceFlush());
        if (wait <= 0 || pending.isEmpty()) {
            flush();
            return;
        }
        gathering = true;
        if (!flushGoesOn) {
            gatherFor(wait);
        }
    }

    private long gatheringTime() {
        return Math.min(flushTook, MAX_GATHERING_NANOS);
    }

    private long sinceFlush() {
        return clock.getAsLong() - flushBegan - flushTook;
    }

    private void gatherFor(long nanos) {
        loop.schedule(this::gathered, nanos, TimeUnit.NANOSECONDS);
    }

    private void gathered() {
        gathering = false;
        flush();
    }

    /** The loop comes here once it has handed all that was flushed to the kernel: with io_uring that is after the turn. */
    private void flushed() {
        flushGoesOn = false;
        flushTook = clock.getAsLong() - flushBegan;
        if (gathering) {
            gatherFor(gatheringTime());
        }
    }

    private void flush() {
        long began = clock.getAsLong();
        pending.forEach(LocalChannel::flush);
        pending.clear();
        // By index: a socket that turns out too slow while it is flushed may add to the list.
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
        if (!flushing.isEmpty()) {
            flushing.forEach(frame -> meters.flushed(frame.acceptedAt()));
            flushing.clear();
            flushBegan = began;
            flushGoesOn = true;
            loop.schedule(this::flushed, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void append(String channelKey, Frame frame) {
        LocalChannel channel = local.get(channelKey);
        if (channel == null) {
            frame.release();
            return;
        }
        if (!channel.hasPending()) {
            pending.add(channel);
        }
        channel.append(frame, MAX_JOINED_BYTES);
    }

    private void sendAway(String channelKey) {
        overrun.remove(channelKey);
        subscribersOf(channelKey).forEach(lost -> lost.socket.close(CloseCode.OVER_CAPACITY));
    }

    /** Marks those sockets here that have caused one of the frames; the caller unmarks them. */
    List<Socket> markExcepted(List<Frame> frames) {
        List<Socket> excepted = List.of();
        for (Frame frame : frames) {
            Socket socket = frame.exceptSocketId() == null ? null : sockets.get(frame.exceptSocketId());
            if (socket != null && !socket.excepted) {
                socket.excepted = true;
                excepted = excepted.isEmpty() ? new ArrayList<>(frames.size()) : excepted;
                excepted.add(socket);
            }
        }
        return excepted;
    }

    void written(Frame frame) {
        flushing.add(frame);
    }

    /** Writes within a turn are flushed at its end; one outside of it makes a turn. */
    void flushLater(Socket socket) {
        if (unflushed.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::turn);
        }
        unflushed.add(socket);
    }

    void dropped(int frames) {
        meters.dropped(frames);
    }

    // --- by the event loop: sockets and subscriptions

    public void opened(Socket socket) {
        sockets.put(socket.id(), socket);
    }

    public void closed(Socket socket) {
        sockets.remove(socket.id());
    }

    public Collection<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    /** Subscribes a socket to a channel that is not a presence channel. */
    public void subscribe(Socket socket, String channelKey, String channel) {
        add(channel, new Subscription(socket, localChannel(channelKey), null, 0));
    }

    /** Keeps what changes in a presence channel, from before its members are asked for. */
    public PendingJoin beginJoin(String channelKey) {
        PendingJoin join = new PendingJoin();
        localChannel(channelKey).await(join);
        return join;
    }

    public void abandonJoin(PendingJoin join, String channelKey) {
        LocalChannel channel = local.get(channelKey);
        if (channel != null) {
            channel.forget(join);
            dropIfDeserted(channel);
        }
    }

    /**
     * Subscribes a socket to a presence channel.
     *
     * @param version of the list of members that the socket was given
     * @return what has changed since that list was made; the socket has yet to be told
     */
    public List<MemberChange> join(
        PendingJoin join,
        Socket socket,
        String channelKey,
        Member member,
        long version
    ) {
        LocalChannel channel = localChannel(channelKey);
        channel.forget(join);
        String name = channelKey.substring(channelKey.indexOf('/') + 1);
        add(name, new Subscription(socket, channel, member, version));
        return join.since(version);
    }

    /** Ends the subscription, if there is one. */
    public @Nullable Subscription unsubscribe(Socket socket, String channel) {
        Subscription subscription = socket.subscription(channel);
        if (subscription != null) {
            meters.unsubscribed();
            socket.left(channel);
            subscription.channel.remove(subscription);
            dropIfDeserted(subscription.channel);
        }
        return subscription;
    }

    /** Changes with every event of a cache channel that its subscribers here are told and that the channel keeps. */
    public int keptOn(String channelKey) {
        LocalChannel channel = local.get(channelKey);
        return channel == null ? 0 : channel.kept();
    }

    /** Those who hear the channel here. */
    public List<Socket> listeners(String channelKey) {
        return subscribersOf(channelKey)
            .stream()
            .map(subscription -> subscription.socket)
            .toList();
    }

    /** Tells a change of a presence channel's members to who hears it here. */
    public void tell(MemberChange change) {
        LocalChannel channel = local.get(change.channelKey());
        if (channel != null) {
            channel.tell(change);
        }
    }

    private void add(String name, Subscription subscription) {
        meters.subscribed();
        subscription.channel.add(subscription);
        subscription.socket.joined(name, subscription);
    }

    private List<Subscription> subscribersOf(String channelKey) {
        LocalChannel channel = local.get(channelKey);
        return channel == null ? List.of() : channel.subscribers();
    }

    private LocalChannel localChannel(String channelKey) {
        LocalChannel known = local.get(channelKey);
        if (known != null) {
            return known;
        }
        LocalChannel created = new LocalChannel(channelKey, this);
        local.put(channelKey, created);
        channels.heardAt(channelKey, this);
        return created;
    }

    private void dropIfDeserted(LocalChannel channel) {
        if (channel.isDeserted()) {
            local.remove(channel.key);
            channels.unheardAt(channel.key, this);
        }
    }
}
