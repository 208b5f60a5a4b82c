package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A room's id, a UUIDv7 on the wire. */
public record RoomId(UUID value) implements Comparable<RoomId> {
    /** A new id; ids sort by the millisecond in which they were made. */
    public static RoomId random() {
        return new RoomId(Uuids.next());
    }

    /**
     * @throws IllegalArgumentException if the text is not a UUID in its canonical form
     */
    @JsonCreator
    public static RoomId of(String text) {
        return new RoomId(Uuids.parse(text));
    }

    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
