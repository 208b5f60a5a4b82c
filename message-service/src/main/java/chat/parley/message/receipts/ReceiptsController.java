package chat.parley.message.receipts;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Messages;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.request.SocketId;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Nothing is stored here: reading is told, and room-service moves the marker. */
@RestController
class ReceiptsController {

    private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Memberships memberships;
    private final Messages messages;
    private final EventPublisher kafka;
    private final Clock clock;

    ReceiptsController(Memberships memberships, Messages messages, EventPublisher kafka, Clock clock) {
        this.memberships = memberships;
        this.messages = messages;
        this.kafka = kafka;
        this.clock = clock;
    }

    @PostMapping("/api/chat/messages/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> read(
        @PathVariable MessageId id,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        return memberships
            .require(id.room(), caller.id())
            .then(Mono.defer(() -> messages.find(id)))
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such message.")))
            .flatMap(message -> tell(message, caller, SocketId.orNull(socket)));
    }

    private Mono<Void> tell(MessageSnapshot message, Caller caller, @Nullable String socket) {
        MessageRead read = new MessageRead(
            EventId.random(),
            clock.instant(),
            socket,
            message.roomId(),
            message.id(),
            message.seq(),
            caller.id()
        );
        return kafka
            .publish(Topic.MESSAGES, read.key(), read.partitionKey(), CODEC.write(read), Map.of())
            .timeout(PATIENCE)
            .onErrorMap(KafkaException.class, ReceiptsController::unavailable)
            .onErrorMap(org.springframework.kafka.KafkaException.class, ReceiptsController::unavailable);
    }

    private static Unavailable unavailable(Throwable cause) {
        Unavailable unavailable = new Unavailable("Reading cannot be noted right now.", RETRY_AFTER);
        unavailable.addSuppressed(cause);
        return unavailable;
    }
}
