package chat.parley.message;

import chat.parley.contracts.RoomId;

/**
 * Where 64 messages of a room lie together. Written {@code room/number}, which is the document's {@code _id}.
 *
 * @param number counts from 0
 */
public record PageId(RoomId room, long number) {
    /** How many messages a page takes. What is stored depends on it: it can never change. */
    public static final int SIZE = 64;

    public static PageId holding(RoomId room, long seq) {
        return new PageId(room, (seq - 1) / SIZE);
    }

    static PageId parse(String text) {
        int slash = text.indexOf('/');
        return new PageId(RoomId.of(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    long firstSeq() {
        return number * SIZE + 1;
    }

    long lastSeq() {
        return (number + 1) * SIZE;
    }

    boolean holds(long seq) {
        return seq >= firstSeq() && seq <= lastSeq();
    }

    PageId next() {
        return new PageId(room, number + 1);
    }

    @Override
    public String toString() {
        return room + "/" + number;
    }
}
