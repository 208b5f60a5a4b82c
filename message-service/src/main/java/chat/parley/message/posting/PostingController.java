package chat.parley.message.posting;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Posted;
import chat.parley.service.request.SocketId;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class PostingController {

    private final MessagePosting posting;

    PostingController(MessagePosting posting) {
        this.posting = posting;
    }

    @PostMapping("/api/chat/rooms/{room}/messages")
    Mono<ResponseEntity<MessageSnapshot>> post(
        @PathVariable RoomId room,
        @RequestBody PostRequest request,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        return Mono.fromCallable(() -> PostMessage.of(room, caller.id(), request, SocketId.orNull(socket)))
            .flatMap(posting::post)
            .map(PostingController::answer);
    }

    private static ResponseEntity<MessageSnapshot> answer(Posted posted) {
        return ResponseEntity.status(posted.repeated() ? HttpStatus.OK : HttpStatus.CREATED).body(
            posted.message().snapshot(posted.replies())
        );
    }
}
