package chat.parley.message;

import chat.parley.contracts.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way into one room: who comes while a write is on its way waits, and the next write takes all that wait. What
 * is not the queue belongs to whoever has the lane's turn.
 */
final class Lane {

    private static final int CLOSED = -1;

    private final RoomId room;
    private final int capacity;
    private final RoomOutbox outbox;
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private volatile @Nullable Page tail;
    private volatile long lastUsed = System.nanoTime();

    Lane(RoomId room, int capacity, RoomOutbox outbox) {
        this.room = room;
        this.capacity = capacity;
        this.outbox = outbox;
    }

    RoomId room() {
        return room;
    }

    RoomOutbox outbox() {
        return outbox;
    }

    /** What became of an attempt to stand in the queue. */
    enum Entry {
        IN,
        FULL,
        CLOSED,
    }

    Entry enter(Request request) {
        while (true) {
            int now = length.get();
            if (now == CLOSED) {
                return Entry.CLOSED;
            }
            if (now >= capacity) {
                return Entry.FULL;
            }
            if (length.compareAndSet(now, now + 1)) {
                waiting.add(request);
                return Entry.IN;
            }
        }
    }

    /** The longest waiting, at most a page of them. */
    List<Request> take() {
        List<Request> batch = new ArrayList<>();
        Request next;
        while (batch.size() < PageId.SIZE && (next = waiting.poll()) != null) {
            batch.add(next);
        }
        if (!batch.isEmpty()) {
            length.addAndGet(-batch.size());
            lastUsed = System.nanoTime();
        }
        return batch;
    }

    boolean isQuiet() {
        return length.get() == 0;
    }

    /** Lets nobody in any more; false if somebody waits. */
    boolean close() {
        return length.compareAndSet(0, CLOSED);
    }

    long idleNanos() {
        return System.nanoTime() - lastUsed;
    }

    /** The last page of the room, as far as this lane knows; empty if it has to look. */
    Optional<Page> tail() {
        return Optional.ofNullable(tail);
    }

    void tail(Page page) {
        tail = page;
    }

    void loseTail() {
        tail = null;
    }
}
