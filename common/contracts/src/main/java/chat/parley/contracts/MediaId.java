package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** An upload's id, a UUIDv7 on the wire. */
public record MediaId(UUID value) implements Comparable<MediaId> {
    /** A new id; ids sort by the millisecond in which they were made. */
    public static MediaId random() {
        return new MediaId(Uuids.next());
    }

    /**
     * @throws IllegalArgumentException if the text is not a UUID in its canonical form
     */
    @JsonCreator
    public static MediaId of(String text) {
        return new MediaId(Uuids.parse(text));
    }

    @Override
    public int compareTo(MediaId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
