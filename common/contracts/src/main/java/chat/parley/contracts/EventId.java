package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The id of an event, a UUIDv7; a consumer remembers it to know what it has already done. */
public record EventId(UUID value) implements Comparable<EventId> {
    /** A new id; ids sort by the millisecond in which they were made. */
    public static EventId random() {
        return new EventId(Uuids.next());
    }

    /**
     * @throws IllegalArgumentException if the text is not a UUID in its canonical form
     */
    @JsonCreator
    public static EventId of(String text) {
        return new EventId(Uuids.parse(text));
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
