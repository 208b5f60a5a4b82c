package chat.parley.room.reading;

import chat.parley.contracts.RoomId;
import chat.parley.room.Rooms;
import chat.parley.room.Standing;
import chat.parley.service.security.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /api/chat/rooms/{id}/reads}: how far everybody in the room has read. */
@RestController
class ReadsController {

    private final Rooms rooms;
    private final ReadMarkers markers;

    ReadsController(Rooms rooms, ReadMarkers markers) {
        this.rooms = rooms;
        this.markers = markers;
    }

    @GetMapping("/api/chat/rooms/{room}/reads")
    Mono<Reads> reads(Caller caller, @PathVariable RoomId room) {
        return rooms
            .standing(room, caller.id())
            .map(Standing::requireMember)
            .flatMap(_ -> markers.of(room))
            .map(Reads::new);
    }

    record Reads(List<ReadMarker> data) {}
}
