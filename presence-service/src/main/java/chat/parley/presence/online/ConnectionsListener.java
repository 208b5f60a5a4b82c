package chat.parley.presence.online;

import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.service.kafka.EventIntake;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears what the realtime nodes tell of their sockets, as many records at once as there are. */
@Component
class ConnectionsListener {

    private final EventIntake<ConnectionEvent> intake;
    private final Connections connections;

    ConnectionsListener(Connections connections, MeterRegistry meters) {
        this.intake = new EventIntake<>(ConnectionEvent.class, meters);
        this.connections = connections;
    }

    @KafkaListener(
        id = "presence-online",
        topics = "chat.connections",
        groupId = "presence-service",
        batch = "true"
    )
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        intake.digestAll(records, connections::hear);
    }
}
