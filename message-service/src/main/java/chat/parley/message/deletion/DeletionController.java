package chat.parley.message.deletion;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.room.Membership;
import chat.parley.message.Lanes;
import chat.parley.message.Messages;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import chat.parley.service.request.SocketId;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class DeletionController {

    private final Memberships memberships;
    private final Messages messages;
    private final Lanes lanes;

    DeletionController(Memberships memberships, Messages messages, Lanes lanes) {
        this.memberships = memberships;
        this.messages = messages;
        this.lanes = lanes;
    }

    @DeleteMapping("/api/chat/messages/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(
        @PathVariable MessageId id,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        Deletion deletion = new Deletion(id, caller.id(), SocketId.orNull(socket));
        return memberships.require(id.room(), caller.id()).flatMap(member -> delete(deletion, member));
    }

    private Mono<Void> delete(Deletion deletion, Membership member) {
        return messages
            .find(deletion.id())
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such message.")))
            .doOnNext(message -> requireRight(message, member))
            .flatMap(_ -> lanes.change(deletion.id().room(), deletion))
            .then();
    }

    private static void requireRight(MessageSnapshot message, Membership member) {
        if (!member.isAdmin() && !member.userId().equals(message.userId())) {
            throw new Forbidden("Only its author and the room's admins can delete a message.");
        }
    }
}
