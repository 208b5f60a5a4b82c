package chat.parley.message.editing;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Content;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.request.SocketId;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class EditingController {

    private final Editing editing;

    EditingController(Editing editing) {
        this.editing = editing;
    }

    @PutMapping("/api/chat/messages/{id}")
    Mono<MessageSnapshot> edit(
        @PathVariable MessageId id,
        @RequestBody EditRequest request,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        return Mono.fromCallable(() ->
            new EditMessage(id, caller.id(), contentOf(request), SocketId.orNull(socket))
        ).flatMap(editing::edit);
    }

    /** Empty content may be meant, a missing one is forgotten. */
    private static Content contentOf(EditRequest request) {
        if (request.content() == null) {
            throw ValidationFailed.of("content", "missing", "Say what the message is to be.");
        }
        return Content.of(request.content());
    }
}
