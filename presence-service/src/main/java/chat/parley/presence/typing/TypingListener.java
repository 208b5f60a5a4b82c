package chat.parley.presence.typing;

import chat.parley.contracts.Topic;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.service.kafka.EventIntake;
import chat.parley.service.rooms.Memberships;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Hears of typing: whispers begin and end it, and a message ends it. In a group of its own, so that a look-up of a
 * membership never keeps anybody from coming online.
 */
@Component
class TypingListener {

    private final EventIntake<ConnectionEvent> whispers;
    private final EventIntake<MessageEvent> messages;
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
        this.whispers = new EventIntake<>(ConnectionEvent.class, meters);
        this.messages = new EventIntake<>(MessageEvent.class, meters);
        this.memberships = memberships;
        this.typing = typing;
        this.properties = properties;
        this.clock = clock;
    }

    @KafkaListener(
        id = "presence-typing",
        topics = { "chat.connections", "chat.messages" },
        groupId = "presence-service-typing"
    )
    void hear(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topic.MESSAGES.wireName())) {
            hearMessage(record);
        } else {
            hearWhisper(record);
        }
    }

    private void hearWhisper(ConsumerRecord<String, byte[]> record) {
        whispers.digest(record, event ->
            event instanceof TypingWhispered whisper && isFresh(whisper) ? apply(whisper) : Mono.empty()
        );
    }

    /** After an outage, what was typed before it is over. */
    private boolean isFresh(TypingWhispered whisper) {
        Instant end = whisper.at().plus(properties.silence());
        return clock.instant().isBefore(end);
    }

    private Mono<Void> apply(TypingWhispered whisper) {
        return memberships
            .find(whisper.roomId(), whisper.userId())
            .filter(membership -> membership.isMember())
            .flatMap(_ -> typing.set(new Typist(whisper.roomId(), whisper.userId()), whisper.typing()));
    }

    private void hearMessage(ConsumerRecord<String, byte[]> record) {
        messages.digest(record, event ->
            event instanceof MessageSent sent && sent.message().userId() != null ? apply(sent) : Mono.empty()
        );
    }

    private Mono<Void> apply(MessageSent sent) {
        return Mono.justOrEmpty(sent.message().userId()).flatMap(author ->
            typing.stop(new Typist(sent.roomId(), author))
        );
    }
}
