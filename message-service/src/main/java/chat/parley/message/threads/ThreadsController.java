package chat.parley.message.threads;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Messages;
import chat.parley.message.Threads;
import chat.parley.service.paging.Limit;
import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.NotFound;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class ThreadsController {

    private final Memberships memberships;
    private final Threads threads;
    private final Messages messages;

    ThreadsController(Memberships memberships, Threads threads, Messages messages) {
        this.memberships = memberships;
        this.threads = threads;
        this.messages = messages;
    }

    /** Read from its beginning, a thread needs no {@code after}. */
    @GetMapping("/api/chat/messages/{id}/replies")
    Mono<Replies> replies(
        @PathVariable MessageId id,
        @RequestParam(defaultValue = "0") long after,
        @RequestParam @Nullable Integer limit,
        Caller caller
    ) {
        int most = Limit.of(limit);
        if (after < 0) {
            return Mono.error(() -> new MalformedRequest("after must not be negative."));
        }
        return memberships
            .require(id.room(), caller.id())
            .then(Mono.defer(() -> threads.replies(id, after, most + 1)))
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such message.")))
            .flatMap(found -> page(id, after, found, most));
    }

    private Mono<Replies> page(MessageId id, long after, List<Long> found, int most) {
        List<Long> shown = found.subList(0, Math.min(most, found.size()));
        return Mono.zip(messages.at(id.room(), shown), hasBefore(id, after), (data, hasBefore) ->
            new Replies(data, hasBefore, found.size() > most)
        );
    }

    private Mono<Boolean> hasBefore(MessageId id, long after) {
        return after == 0
            ? Mono.just(false)
            : threads
                  .replies(id, 0, 1)
                  .map(first -> !first.isEmpty() && first.getFirst() <= after)
                  .defaultIfEmpty(false);
    }

    /** As a part of a room's history. */
    record Replies(List<MessageSnapshot> data, boolean hasBefore, boolean hasAfter) {
        Replies {
            data = List.copyOf(data);
        }
    }
}
