package chat.parley.realtime.channels.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * A channel as one event loop sees it: its own subscribers, and the frames that wait to be written to them. All that
 * came since the last turn leaves as one buffer: what a delivery costs is its write, not its bytes.
 */
final class LocalChannel {

    final String key;
    private final Hub hub;
    private final List<Subscription> subscribers = new ArrayList<>(2);
    private final List<Frame> pending = new ArrayList<>(2);
    private final List<PendingJoin> joining = new ArrayList<>(0);
    private int pendingBytes;
    /** How many of those frames have come that a cache channel keeps; it may run over, and only changes matter. */
    private int kept;

    LocalChannel(String key, Hub hub) {
        this.key = key;
        this.hub = hub;
    }

    /** Whoever comes late does not hear what was published before. */
    void add(Subscription subscription) {
        flush();
        subscription.index = subscribers.size();
        subscribers.add(subscription);
    }

    /** Whoever leaves still hears what was published before. */
    void remove(Subscription subscription) {
        flush();
        Subscription last = subscribers.removeLast();
        if (last != subscription) {
            subscribers.set(subscription.index, last);
            last.index = subscription.index;
        }
    }

    void await(PendingJoin join) {
        joining.add(join);
    }

    void forget(PendingJoin join) {
        joining.remove(join);
    }

    boolean isDeserted() {
        return subscribers.isEmpty() && joining.isEmpty();
    }

    List<Subscription> subscribers() {
        return List.copyOf(subscribers);
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    int kept() {
        return kept;
    }

    /** Takes over the frame. */
    void append(Frame frame, int maxBytes) {
        pending.add(frame);
        pendingBytes += frame.size();
        kept += frame.kept() ? 1 : 0;
        if (pendingBytes >= maxBytes) {
            flush();
        }
    }

    /** Writes what waits to every subscriber; the hub flushes the sockets at the end of its turn. */
    void flush() {
        if (pending.isEmpty()) {
            return;
        }
        if (!subscribers.isEmpty()) {
            writeToAll();
        }
        pending.forEach(Frame::release);
        pending.clear();
        pendingBytes = 0;
    }

    private void writeToAll() {
        List<Socket> excepted = hub.markExcepted(pending);
        ByteBuf joined = joined();
        for (Subscription subscription : subscribers) {
            Socket socket = subscription.socket;
            if (socket.excepted) {
                writeWithoutItsOwn(socket);
            } else {
                socket.write(joined.retainedDuplicate());
            }
        }
        joined.release();
        excepted.forEach(socket -> socket.excepted = false);
        pending.forEach(hub::written);
    }

    private ByteBuf joined() {
        if (pending.size() == 1) {
            return pending.getFirst().bytes().retain();
        }
        ByteBuf joined = PooledByteBufAllocator.DEFAULT.directBuffer(pendingBytes);
        for (Frame frame : pending) {
            ByteBuf bytes = frame.bytes();
            joined.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
        return joined;
    }

    private void writeWithoutItsOwn(Socket socket) {
        for (Frame frame : pending) {
            if (!socket.id().equals(frame.exceptSocketId())) {
                socket.write(frame.bytes().retainedDuplicate());
            }
        }
    }

    /** Tells a change of the members to those whose list is older than it. */
    void tell(MemberChange change) {
        flush();
        joining.forEach(join -> join.heard(change));
        ByteBuf frame = change.frame();
        for (Subscription subscription : subscribers) {
            if (subscription.since < change.version()) {
                subscription.socket.write(frame.retainedDuplicate());
            }
        }
        frame.release();
    }
}
