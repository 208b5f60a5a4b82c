package chat.parley.message.search;

import chat.parley.contracts.RoomId;
import chat.parley.message.Message;
import chat.parley.service.paging.Cursor;
import chat.parley.service.problem.MalformedRequest;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has seen what was found, newest first. What is sent meanwhile lies before it and changes nothing.
 *
 * @param at in milliseconds
 * @param room of the last message seen; null if all that was sent by then is still to come
 * @param seq of the last message seen
 * @param span how much time was looked at in one, in milliseconds
 */
record Place(long at, @Nullable RoomId room, long seq, long span) {
    private static final int PARTS = 4;
    private static final String NO_ROOM = "-";

    static final Comparator<Message> NEWEST_FIRST = Comparator.comparing(Message::at)
        .thenComparing(Message::room)
        .thenComparing(Message::seq)
        .reversed();

    static Place behind(Message message, long span) {
        return new Place(message.at().toEpochMilli(), message.room(), message.seq(), span);
    }

    static Place since(long at, long span) {
        return new Place(at, null, 0, span);
    }

    /**
     * @throws MalformedRequest if it is no cursor of a search
     */
    static @Nullable Place parse(@Nullable String text) {
        Cursor cursor = Cursor.parse(text, PARTS);
        try {
            return cursor == null ? null : of(cursor);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    private static Place of(Cursor cursor) {
        String room = cursor.part(1);
        long at = Long.parseLong(cursor.part(0));
        long seq = Long.parseLong(cursor.part(2));
        long span = Long.parseLong(cursor.part(3));
        if (at < -1 || seq < 0 || span < 1) {
            throw Cursor.bad();
        }
        return new Place(at, NO_ROOM.equals(room) ? null : RoomId.of(room), seq, span);
    }

    /** Whether the message is still to come. */
    boolean isBefore(Message message) {
        int later = Long.compare(message.at().toEpochMilli(), at);
        if (later != 0 || room == null) {
            return later <= 0;
        }
        int byRoom = message.room().compareTo(room);
        return byRoom < 0 || (byRoom == 0 && message.seq() < seq);
    }

    @Override
    public String toString() {
        return Cursor.of(
            Long.toString(at),
            Optional.ofNullable(room).map(RoomId::toString).orElse(NO_ROOM),
            Long.toString(seq),
            Long.toString(span)
        ).toString();
    }
}
