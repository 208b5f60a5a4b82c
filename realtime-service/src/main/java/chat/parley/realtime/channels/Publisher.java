package chat.parley.realtime.channels;

import chat.parley.contracts.EventId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.contracts.broadcast.BroadcastEvent.ChannelPublished;
import chat.parley.contracts.broadcast.BroadcastEvent.ConnectionsTerminated;
import chat.parley.contracts.json.EventCodec;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.cache.LastEvents;
import chat.parley.realtime.channels.cache.PlacedEvent;
import chat.parley.realtime.channels.log.EventWriter;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes events of clients and of apps' servers to a channel on all nodes. This node, too, delivers them when they
 * come back from Kafka: so everybody hears one channel in one order.
 */
@Component
public final class Publisher {

    private static final EventCodec<BroadcastEvent> CODEC = EventCodec.of(BroadcastEvent.class);

    private final EventWriter log;
    private final LastEvents lastEvents;
    private final Clock clock;

    Publisher(EventWriter log, LastEvents lastEvents, Clock clock) {
        this.log = log;
        this.lastEvents = lastEvents;
        this.clock = clock;
    }

    /** Completes when every node will hear of it. */
    public CompletableFuture<Void> publish(Publication publication) {
        var event = new ChannelPublished(
            EventId.random(),
            clock.instant(),
            publication.app.id(),
            publication.channel,
            publication.event,
            publication.data,
            publication.exceptSocketId,
            publication.userId
        );
        CompletableFuture<RecordMetadata> written = log.write(
            Topic.BROADCAST,
            event.key(),
            CODEC.write(event)
        );
        // Its place in Kafka is what says which of two events is the last, whoever comes to Redis first.
        return LastEvents.isKept(event.channel(), event.name())
            ? written.thenCompose(place ->
                  lastEvents.publishedHere(
                      event.key(),
                      new PlacedEvent(place.partition(), place.offset(), event.name(), event.data())
                  )
              )
            : written.thenApply(_ -> null);
    }

    /** Completes when every node will close the user's signed-in connections. */
    public CompletableFuture<Void> terminate(App app, String userId) {
        var event = new ConnectionsTerminated(EventId.random(), clock.instant(), app.id(), userId);
        return log.write(Topic.BROADCAST, event.key(), CODEC.write(event)).thenApply(_ -> null);
    }

    /**
     * One event for one channel.
     *
     * @param data text, usually of JSON
     * @param exceptSocketId the socket that does not hear it
     * @param userId on presence channels, which user's client sent it
     */
    public record Publication(
        App app,
        String channel,
        String event,
        String data,
        @Nullable String exceptSocketId,
        @Nullable String userId
    ) {}
}
