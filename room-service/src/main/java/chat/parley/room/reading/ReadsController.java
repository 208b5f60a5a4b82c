package chat.parley.room.reading;

import chat.parley.contracts.RoomId;
import chat.parley.room.Places;
import chat.parley.room.Rooms;
import chat.parley.room.Standing;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Limit;
import chat.parley.service.paging.Page;
import chat.parley.service.security.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code GET /api/chat/rooms/{id}/reads}: how far everybody in the room has read; of a room with more members than
 * fit on a page, a page after the other.
 */
@RestController
class ReadsController {

    static final int MOST = 1_000;

    private final Rooms rooms;
    private final ReadMarkers markers;

    ReadsController(Rooms rooms, ReadMarkers markers) {
        this.rooms = rooms;
        this.markers = markers;
    }

    @GetMapping("/api/chat/rooms/{room}/reads")
    Mono<Page<ReadMarker>> reads(
        Caller caller,
        @PathVariable RoomId room,
        @RequestParam(required = false) @Nullable String cursor,
        @RequestParam(required = false) @Nullable Integer limit
    ) {
        Cursor after = Cursor.parse(cursor, 1);
        UUID place = after == null ? new UUID(0, 0) : Places.id(after, 0);
        int most = Limit.of(limit, MOST, MOST);
        return rooms
            .standing(room, caller.id())
            .map(Standing::requireMember)
            .flatMap(_ -> markers.after(place, room, most + 1))
            .map(rows -> Page.of(rows, most, ReadsController::cursorOf));
    }

    private static Cursor cursorOf(ReadMarker marker) {
        return Cursor.of(marker.userId().toString());
    }
}
