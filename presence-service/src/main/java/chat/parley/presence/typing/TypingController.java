package chat.parley.presence.typing;

import chat.parley.contracts.RoomId;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Typing of clients without a socket. */
@RestController
class TypingController {

    private final Memberships memberships;
    private final Typing typing;

    TypingController(Memberships memberships, Typing typing) {
        this.memberships = memberships;
        this.typing = typing;
    }

    @PostMapping("/api/chat/rooms/{room}/typing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> set(Caller caller, @PathVariable RoomId room, @Valid @RequestBody SetTyping request) {
        return memberships
            .require(room, caller.id())
            .then(Mono.defer(() -> typing.set(new Typist(room, caller.id()), request.isTyping())));
    }
}
