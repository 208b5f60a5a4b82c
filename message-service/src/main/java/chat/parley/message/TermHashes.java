package chat.parley.message;

import chat.parley.contracts.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What stands in the store for the words of messages: keyed hashes, which nobody without the key can tell the words
 * of. The same word has another hash in every room. Two may share one: reading decides.
 */
public final class TermHashes {

    private static final int ROOM_BYTES = 16;

    private final ToIntFunction<byte[]> key;

    /**
     * @param key a keyed hash that is safe to share
     */
    public TermHashes(ToIntFunction<byte[]> key) {
        this.key = key;
    }

    public List<Integer> of(RoomId room, Collection<String> terms) {
        return terms
            .stream()
            .map(term -> of(room, term))
            .distinct()
            .toList();
    }

    private int of(RoomId room, String term) {
        byte[] bytes = term.getBytes(StandardCharsets.UTF_8);
        return key.applyAsInt(
            ByteBuffer.allocate(ROOM_BYTES + bytes.length)
                .putLong(room.value().getMostSignificantBits())
                .putLong(room.value().getLeastSignificantBits())
                .put(bytes)
                .array()
        );
    }
}
