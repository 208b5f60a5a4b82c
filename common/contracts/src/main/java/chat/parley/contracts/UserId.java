package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A user's id, a UUIDv7 on the wire. */
public record UserId(UUID value) implements Comparable<UserId> {
    /** A new id; ids sort by the millisecond in which they were made. */
    public static UserId random() {
        return new UserId(Uuids.next());
    }

    /**
     * @throws IllegalArgumentException if the text is not a UUID in its canonical form
     */
    @JsonCreator
    public static UserId of(String text) {
        return new UserId(Uuids.parse(text));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
