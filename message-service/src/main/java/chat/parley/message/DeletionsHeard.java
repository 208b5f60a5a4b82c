package chat.parley.message;

import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.contracts.room.RoomEvent.RoomCreated;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomEvent.RoomRead;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import chat.parley.service.kafka.EventIntake;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Listens to {@code chat.rooms} for rooms that end. One instance of all hears of each and notes it durably; that
 * nobody gets at the messages meanwhile is the membership's matter.
 */
@Component
class DeletionsHeard {

    private final EventIntake<RoomEvent> intake;
    private final DeletedRooms rooms;

    DeletionsHeard(DeletedRooms rooms, MeterRegistry meters) {
        this.rooms = rooms;
        this.intake = new EventIntake<>(RoomEvent.class, meters);
    }

    @KafkaListener(topics = "chat.rooms", groupId = "message-service", batch = "true")
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        intake.digestAll(records, events -> Flux.fromIterable(events).concatMap(this::note).then());
    }

    private Mono<Void> note(RoomEvent event) {
        return switch (event) {
            case RoomDeleted deleted -> rooms.add(deleted.roomId());
            case RoomCreated _, RoomUpdated _, RoomRead _ -> Mono.empty();
            case MemberAdded _, MemberUpdated _, MemberRemoved _ -> Mono.empty();
        };
    }
}
