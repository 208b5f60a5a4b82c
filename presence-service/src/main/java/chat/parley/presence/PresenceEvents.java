package chat.parley.presence;

import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.service.kafka.EventPublisher;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells the other services who is here and who types. */
@Component
public final class PresenceEvents {

    private static final EventCodec<PresenceEvent> CODEC = EventCodec.of(PresenceEvent.class);

    private final EventPublisher publisher;

    PresenceEvents(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Completes when Kafka has it. */
    public Mono<Void> publish(PresenceEvent event) {
        return publisher.publish(
            Topic.PRESENCE,
            event.key(),
            event.partitionKey(),
            CODEC.write(event),
            Map.of()
        );
    }
}
