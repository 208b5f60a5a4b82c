package chat.parley.room.governing;

import chat.parley.contracts.RoomId;
import chat.parley.room.RoomView;
import chat.parley.service.request.SocketId;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code PUT} and {@code DELETE} of a room. */
@RestController
@RequestMapping("/api/chat/rooms/{room}")
class GoverningController {

    private final Governing governing;

    GoverningController(Governing governing) {
        this.governing = governing;
    }

    @PutMapping
    Mono<RoomView> change(
        Caller caller,
        @PathVariable RoomId room,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        @RequestBody RoomChanges changes
    ) {
        return governing.change(caller.id(), room, changes, SocketId.orNull(socket));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
        Caller caller,
        @PathVariable RoomId room,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket
    ) {
        return governing.delete(caller.id(), room, SocketId.orNull(socket));
    }
}
