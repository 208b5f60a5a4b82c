package chat.parley.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * Something that has happened, told to the other services through Kafka. Delivered at least once: a consumer that
 * must not do a thing twice remembers {@link #eventId()}. Each family is a sealed interface, one per {@link Topic}.
 */
public interface Event {
    EventId eventId();

    /** When it was accepted, by the clock of the service that accepted it. */
    Instant at();

    /** The record's key: what a compacted topic keeps the latest of, and what a reader may drop a record by unparsed. */
    @JsonIgnore
    String key();

    /** What the partition is chosen by: events alike in this are read in the order in which they were written. */
    @JsonIgnore
    default String partitionKey() {
        return key();
    }
}
