package chat.parley.presence.typing;

import static chat.parley.contracts.Topic.CONNECTIONS;
import static chat.parley.contracts.Topic.MESSAGES;

import chat.parley.contracts.Event;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.service.kafka.EventIntake;
import chat.parley.service.rooms.Memberships;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hears of typing, as many records at once as there are: whispers begin and end it, and a message ends it. In a group
 * of its own, so that a look-up of a membership never keeps anybody from coming online.
 */
@Component
class TypingListener {

    private static final int BEGINNINGS_AT_ONCE = 16;

    private final EventIntake<Event> intake;
    private final Memberships memberships;
    private final Typing typing;
    private final TypingProperties properties;
    private final Clock clock;

    TypingListener(
        Memberships memberships,
        Typing typing,
        TypingProperties properties,
        Clock clock,
        MeterRegistry meters
    ) {
        this.intake = new EventIntake<>(
            Map.of(CONNECTIONS, ConnectionEvent.class, MESSAGES, MessageEvent.class),
            meters
        );
        this.memberships = memberships;
        this.typing = typing;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(
        id = "presence-typing",
        topics = { "chat.connections", "chat.messages" },
        groupId = "presence-service-typing",
        batch = "true",
        properties = "${parley.kafka.unhurried}"
    )
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        intake.digestAll(records, this::digest);
    }

    private Mono<Void> digest(List<Event> events) {
        Collection<Sign> signs = Sign.latest(() ->
            events
                .stream()
                .flatMap(event -> signOf(event).stream())
                .iterator()
        );
        List<Typist> ended = signs
            .stream()
            .filter(sign -> !sign.typing())
            .map(Sign::typist)
            .toList();
        return typing
            .stop(ended)
            .thenMany(Flux.fromIterable(signs))
            .filter(Sign::typing)
            .flatMap(sign -> begin(sign.typist()), BEGINNINGS_AT_ONCE)
            .then();
    }

    private Optional<Sign> signOf(Event event) {
        return switch (event) {
            case TypingWhispered whisper when isFresh(whisper) -> Optional.of(
                new Sign(new Typist(whisper.roomId(), whisper.userId()), whisper.typing(), whisper.at())
            );
            case MessageSent sent -> Optional.ofNullable(sent.message().userId()).map(author ->
                new Sign(new Typist(sent.roomId(), author), false, sent.at())
            );
            default -> Optional.empty();
        };
    }

    /** After an outage, what was typed before it is over. */
    private boolean isFresh(TypingWhispered whisper) {
        Instant end = whisper.at().plus(properties.silence());
        return clock.instant().isBefore(end);
    }

    private Mono<Void> begin(Typist typist) {
        return memberships
            .find(typist.room(), typist.user())
            .filter(membership -> membership.isMember())
            .flatMap(_ -> typing.start(typist));
    }
}
