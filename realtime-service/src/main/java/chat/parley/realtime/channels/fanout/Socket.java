package chat.parley.realtime.channels.fanout;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection. Touched by its event loop only, but for what is final. */
public final class Socket {

    /** How long a client may take to answer our farewell, before the connection is cut. */
    private static final int FAREWELL_SECONDS = 2;

    private final String id;
    private final App app;
    private final Hub hub;
    private final ChannelHandlerContext context;
    private final long openedAt;
    private final Map<String, Subscription> subscriptions = new HashMap<>(4);
    private final Map<String, Object> asking = new HashMap<>(2);
    private @Nullable String userId;
    private long heardAt;
    private boolean pinged;
    private boolean signedIn;
    private boolean closing;
    private boolean unflushed;
    private long rateSecond;
    private int rateCount;
    private @Nullable CloseCode closedWith;
    private boolean askedToClose;
    /** Where it is in the {@link IdleWheel}: its bucket, or -1, and its neighbours there. */
    int bucket = -1;

    @Nullable
    Socket before;

    @Nullable
    Socket after;

    /** Set for the time of one write to a channel: some of its frames are this socket's own. */
    boolean excepted;

    public Socket(String id, App app, Hub hub, ChannelHandlerContext context) {
        this.id = id;
        this.app = app;
        this.hub = hub;
        this.context = context;
        this.openedAt = System.nanoTime();
        this.heardAt = openedAt;
    }

    public String id() {
        return id;
    }

    public App app() {
        return app;
    }

    public Hub hub() {
        return hub;
    }

    /** Whose it is, as soon as that is known. */
    public @Nullable String userId() {
        return userId;
    }

    public void identify(String user) {
        userId = user;
    }

    public boolean isSignedIn() {
        return signedIn;
    }

    public void signIn(String user) {
        userId = user;
        signedIn = true;
    }

    public boolean isOpen() {
        return !closing;
    }

    // --- what is heard

    /** Anything that arrives is a sign of life. */
    public void heard() {
        heardAt = System.nanoTime();
        pinged = false;
    }

    public long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardAt);
    }

    public long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedAt);
    }

    /** True once for each silence. */
    public boolean needsPing() {
        boolean needs = !pinged;
        pinged = true;
        return needs;
    }

    /** Whether another client event is within the app's rate. */
    public boolean mayWhisper() {
        int limit = app.clientEventsPerSecond();
        if (limit == 0) {
            return true;
        }
        long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - openedAt);
        if (second != rateSecond) {
            rateSecond = second;
            rateCount = 0;
        }
        return ++rateCount <= limit;
    }

    // --- what it is subscribed to

    public @Nullable Subscription subscription(String channel) {
        return subscriptions.get(channel);
    }

    public int subscribed() {
        return subscriptions.size() + asking.size();
    }

    public Collection<String> channels() {
        return List.copyOf(subscriptions.keySet());
    }

    /** Whether it is on a channel that not everybody may hear. */
    public boolean isAuthorized() {
        return (
            userId != null ||
            subscriptions
                .keySet()
                .stream()
                .anyMatch(name -> name.startsWith("private-") || name.startsWith("presence-"))
        );
    }

    public boolean isAsking(String channel) {
        return asking.containsKey(channel);
    }

    /** Whether this very question still stands: the client may have unsubscribed meanwhile, or gone. */
    public boolean isAsking(String channel, Object question) {
        return asking.get(channel) == question;
    }

    /** Remembers that a subscription is being decided on. */
    public void ask(String channel, Object question) {
        asking.put(channel, question);
    }

    /** Answers the question, if it still stands. */
    public boolean answer(String channel, Object question) {
        return asking.remove(channel, question);
    }

    public void withdraw(String channel) {
        asking.remove(channel);
    }

    void joined(String channel, Subscription subscription) {
        subscriptions.put(channel, subscription);
    }

    void left(String channel) {
        subscriptions.remove(channel);
    }

    // --- what it is told

    /** Takes over the frame, writes it, and leaves the flush to the hub's turn. */
    void write(ByteBuf frame) {
        if (written(frame) && !unflushed) {
            unflushed = true;
            hub.flushLater(this);
        }
    }

    private boolean written(ByteBuf frame) {
        if (closing) {
            frame.release();
            return false;
        }
        if (!context.channel().isWritable() && !takesMoreOnceFlushed()) {
            frame.release();
            hub.dropped(1);
            close(CloseCode.OVER_CAPACITY);
            return false;
        }
        context.write(frame, context.voidPromise());
        return true;
    }

    /** What has gathered in one turn of the hub is no sign of a slow reader: only the network can say that. */
    private boolean takesMoreOnceFlushed() {
        context.flush();
        return context.channel().isWritable();
    }

    void flush() {
        unflushed = false;
        context.flush();
    }

    /** Takes over the frame and sends it at once: an answer to the client itself. */
    public void send(ByteBuf frame) {
        if (written(frame)) {
            context.flush();
        }
    }

    /** Why we have closed it; null if we have not. */
    public @Nullable CloseCode closedWith() {
        return closedWith;
    }

    /** Whether the client has said farewell, and first. */
    public boolean askedToClose() {
        return askedToClose;
    }

    public void close(CloseCode code) {
        if (!closing) {
            closedWith = code;
        }
        farewell(WebSocketFrames.close(code));
    }

    /** Answers the client's own farewell with the same code, as RFC 6455 wants. */
    public void closeAsAsked(int code, String reason) {
        askedToClose = true;
        farewell(WebSocketFrames.close(code, reason));
        context.close();
    }

    private void farewell(ByteBuf frame) {
        if (closing) {
            frame.release();
            return;
        }
        closing = true;
        context.writeAndFlush(frame, context.voidPromise());
        // Closing at once could overtake the farewell; a client that reads nothing is cut off.
        context.executor().schedule(() -> context.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
    }

    /** The connection is gone, or as good as: nothing is written any more. */
    public void gone() {
        closing = true;
        asking.clear();
    }
}
