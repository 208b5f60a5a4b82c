package chat.parley.message.reactions;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Alteration;
import chat.parley.message.Lanes;
import chat.parley.message.Messages;
import chat.parley.message.ReactionType;
import chat.parley.message.Reactors;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.request.SocketId;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class ReactionsController {

    private final Memberships memberships;
    private final Lanes lanes;
    private final Messages messages;
    private final Reactors reactors;

    ReactionsController(Memberships memberships, Lanes lanes, Messages messages, Reactors reactors) {
        this.memberships = memberships;
        this.lanes = lanes;
        this.messages = messages;
        this.reactors = reactors;
    }

    @PostMapping("/api/chat/messages/{id}/reactions")
    Mono<MessageSnapshot> react(
        @PathVariable MessageId id,
        @RequestBody ReactionRequest request,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        return change(
            () -> new ReactionWish(id, caller.id(), typeOf(request.reactionType()), SocketId.orNull(socket)),
            wish -> new AddReaction(wish, reactors)
        );
    }

    @DeleteMapping("/api/chat/messages/{id}/reactions/{reactionType}")
    Mono<MessageSnapshot> takeBack(
        @PathVariable MessageId id,
        @PathVariable String reactionType,
        @RequestHeader(name = SocketId.HEADER, required = false) @Nullable String socket,
        Caller caller
    ) {
        return change(
            () -> new ReactionWish(id, caller.id(), typeOf(reactionType), SocketId.orNull(socket)),
            wish -> new RemoveReaction(wish, reactors)
        );
    }

    private static String typeOf(@Nullable String written) {
        if (written == null) {
            throw ValidationFailed.of("reaction_type", "missing", "Say what to react with.");
        }
        return ReactionType.of(written).text();
    }

    private Mono<MessageSnapshot> change(
        Callable<ReactionWish> wish,
        Function<ReactionWish, Alteration> alteration
    ) {
        return Mono.fromCallable(wish).flatMap(checked ->
            memberships
                .require(checked.id().room(), checked.user())
                .then(Mono.defer(() -> lanes.change(checked.id().room(), alteration.apply(checked))))
                .flatMap(messages::shown)
        );
    }
}
