package chat.parley.message;

import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.contracts.room.RoomEvent.RoomCreated;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomEvent.RoomRead;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.service.kafka.EventIntake;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Listens to {@code chat.rooms} for how long rooms keep their messages. The topic is compacted and this group reads it
 * from its beginning, so that rooms from before there was such a listener are known, too.
 */
@Component
class RetentionHeard {

    private final EventIntake<RoomEvent> intake;
    private final Retention retention;
    private final TendedRooms rooms;

    RetentionHeard(Retention retention, TendedRooms rooms, MeterRegistry meters) {
        this.retention = retention;
        this.rooms = rooms;
        this.intake = new EventIntake<>(RoomEvent.class, meters);
    }

    @KafkaListener(topics = "chat.rooms", groupId = "message-service-retention", batch = "true")
    void hear(List<ConsumerRecord<String, byte[]>> records) {
        intake.digestAll(records, events -> Flux.fromIterable(events).concatMap(this::note).then());
    }

    private Mono<Void> note(RoomEvent event) {
        return switch (event) {
            case RoomCreated created -> note(created.room());
            case RoomUpdated updated -> note(updated.room());
            case RoomDeleted deleted -> retention.forget(deleted.roomId());
            case MemberAdded _, MemberUpdated _, MemberRemoved _, RoomRead _ -> Mono.empty();
        };
    }

    /** Should it fail between the two, the event comes again, and both are done again. */
    private Mono<Void> note(RoomSnapshot room) {
        Integer days = room.retentionDays();
        return days == null
            ? retention.forget(room.id())
            : retention.note(room.id(), days).then(Mono.defer(() -> rooms.lookSoon(room.id())));
    }
}
