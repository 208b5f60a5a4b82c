package chat.parley.presence.online;

import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.contracts.connection.ConnectionEvent.TypingWhispered;
import chat.parley.service.kafka.EventIntake;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Hears what the realtime nodes tell of their sockets. */
@Component
class ConnectionsListener {

    private final EventIntake<ConnectionEvent> intake;
    private final Connections connections;

    ConnectionsListener(Connections connections, MeterRegistry meters) {
        this.intake = new EventIntake<>(ConnectionEvent.class, meters);
        this.connections = connections;
    }

    @KafkaListener(id = "presence-online", topics = "chat.connections", groupId = "presence-service")
    void hear(ConsumerRecord<String, byte[]> record) {
        intake.digest(record, this::apply);
    }

    private Mono<Void> apply(ConnectionEvent event) {
        return switch (event) {
            case ConnectionIdentified identified -> connections.identified(identified);
            case ConnectionClosed closed -> connections.closed(closed);
            case NodeAlive alive -> connections.alive(alive);
            case TypingWhispered _ -> Mono.empty();
        };
    }
}
