package chat.parley.realtime.channels.cache;

/**
 * An event that an app's server has published to a cache channel, and its place in Kafka, which says what is later.
 * All events of a channel are in one partition, unless the topic has been given more of them since.
 *
 * @param data text, usually of JSON
 */
public record PlacedEvent(int partition, long offset, String name, String data) {
    boolean isLaterThan(PlacedEvent other) {
        return partition != other.partition || offset > other.offset;
    }
}
