package chat.parley.room.reading;

import chat.parley.contracts.message.MessageEvent;
import chat.parley.service.kafka.EventIntake;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to {@code chat.messages}, as many records at once as there are. */
@Component
class MessagesHeard {

    private final EventIntake<MessageEvent> intake;
    private final ReadMarkers markers;

    MessagesHeard(ReadMarkers markers, MeterRegistry meters) {
        this.markers = markers;
        this.intake = new EventIntake<>(MessageEvent.class, meters);
    }

    @KafkaListener(topics = "chat.messages", batch = "true", properties = "${parley.kafka.unhurried}")
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        intake.digestAll(records, events -> markers.advance(Activity.of(events)));
    }
}
