package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Puts a room's messages in the order of their seq. Since seq has no holes, it is known when one is early: it waits
 * for the one before, though not for long, and what happens to the room's messages meanwhile waits behind it. What
 * comes after its turn passes at once: late is better than never. One thread only.
 */
final class SeqOrder {

    private final Scheduler thread;
    private final Duration patience;
    private final int maxWaiting;
    private final Consumer<MessageEvent> out;
    private final Map<RoomId, Room> rooms;

    /**
     * @param thread the only one that calls, and on which patience ends
     * @param maxRooms how many rooms' places are remembered, the latest ones
     * @param maxWaiting how many of one room may wait
     */
    SeqOrder(Scheduler thread, Duration patience, int maxRooms, int maxWaiting, Consumer<MessageEvent> out) {
        this.thread = thread;
        this.patience = patience;
        this.maxWaiting = maxWaiting;
        this.out = out;
        this.rooms = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<RoomId, Room> eldest) {
                // One that waits keeps its place: it has a timer that will come back for it.
                return size() > maxRooms && !eldest.getValue().isWaiting();
            }
        };
    }

    void accept(MessageEvent event) {
        Room room = rooms.computeIfAbsent(event.roomId(), _ -> new Room());
        switch (event) {
            case MessageSent sent -> room.sent(sent);
            case MessagesImported imported -> room.imported(imported);
            default -> room.other(event);
        }
    }

    /** Whoever hears the room next may begin anywhere. */
    void forget(RoomId room) {
        Room known = rooms.get(room);
        if (known != null && !known.isWaiting()) {
            rooms.remove(room);
        }
    }

    private final class Room {

        private long next;
        private final TreeMap<Long, MessageSent> early = new TreeMap<>();
        private final List<MessageEvent> behind = new ArrayList<>(0);
        private @Nullable Disposable timer;

        boolean isWaiting() {
            return !early.isEmpty();
        }

        void sent(MessageSent sent) {
            long seq = sent.message().seq();
            if (next != 0 && seq > next) {
                hold(seq, sent);
                return;
            }
            out.accept(sent);
            if (seq >= next) {
                next = seq + 1;
                releaseInTurn();
            }
        }

        /** Nobody is told of these one by one: up to the last of them there is nothing to wait for. */
        void imported(MessagesImported imported) {
            long last = imported.lastSeq();
            if (last < next) {
                return;
            }
            while (isWaiting() && early.firstKey() <= last) {
                out.accept(early.pollFirstEntry().getValue());
            }
            next = last + 1;
            releaseInTurn();
        }

        void other(MessageEvent event) {
            if (isWaiting()) {
                behind.add(event);
            } else {
                out.accept(event);
            }
        }

        private void hold(long seq, MessageSent sent) {
            early.put(seq, sent);
            if (early.size() + behind.size() >= maxWaiting) {
                letGo();
            } else if (timer == null) {
                timer = thread.schedule(this::letGo, patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void releaseInTurn() {
            while (isWaiting() && early.firstKey() == next) {
                out.accept(early.pollFirstEntry().getValue());
                next++;
            }
            if (!isWaiting()) {
                settle();
            }
        }

        private void letGo() {
            if (isWaiting()) {
                next = early.lastKey() + 1;
                early.values().forEach(out);
                early.clear();
            }
            settle();
        }

        private void settle() {
            if (timer != null) {
                timer.dispose();
                timer = null;
            }
            behind.forEach(out);
            behind.clear();
        }
    }
}
