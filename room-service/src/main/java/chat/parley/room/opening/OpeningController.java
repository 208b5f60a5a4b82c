package chat.parley.room.opening;

import chat.parley.room.RoomView;
import chat.parley.service.request.SocketId;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code POST /api/chat/rooms}. */
@RestController
class OpeningController {

    private final Opening opening;

    OpeningController(Opening opening) {
        this.opening = opening;
    }

    @PostMapping("/api/chat/rooms")
    Mono<ResponseEntity<RoomView>> open(
        Caller caller,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        @RequestBody NewRoom.Request request
    ) {
        return opening
            .open(caller.id(), NewRoom.of(request, caller.id()), SocketId.orNull(socket))
            .map(opened ->
                ResponseEntity.status(opened.isNew() ? HttpStatus.CREATED : HttpStatus.OK).body(opened.room())
            );
    }
}
