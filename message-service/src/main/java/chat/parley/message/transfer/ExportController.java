package chat.parley.message.transfer;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.Message;
import chat.parley.message.PageId;
import chat.parley.message.Pages;
import chat.parley.message.Reaction;
import chat.parley.message.Reactors;
import chat.parley.message.transfer.ExportedMessage.Reacted;
import chat.parley.service.problem.MalformedRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@code ./parley export} asks; takes service tokens only. */
@RestController
class ExportController {

    // More than any room has members; beyond it there would be too much to answer with.
    private static final int MOST_REACTORS = 100_000;

    private final Pages pages;
    private final Reactors reactors;

    ExportController(Pages pages, Reactors reactors) {
        this.pages = pages;
        this.reactors = reactors;
    }

    /** The messages that follow a seq, as far as they lie together; none at the end of the room. */
    @GetMapping("/internal/exports/rooms/{room}/messages")
    Mono<ExportedMessages> messages(@PathVariable RoomId room, @RequestParam long after) {
        if (after < 0) {
            return Mono.error(() -> new MalformedRequest("after must not be negative."));
        }
        return pages
            .current(PageId.holding(room, after + 1))
            .flatMapIterable(page -> page.between(after + 1, Long.MAX_VALUE - 1))
            .concatMap(this::exported)
            .collectList()
            .map(ExportedMessages::new);
    }

    private Mono<ExportedMessage> exported(Message message) {
        return Flux.fromIterable(message.reactions())
            .concatMap(kind -> reacted(message, kind))
            .collectList()
            .map(reacted -> ExportedMessage.of(message, reacted));
    }

    private Mono<Reacted> reacted(Message message, Reaction kind) {
        Mono<List<UserId>> others = kind.spilled()
            ? reactors.some(message, kind.type(), MOST_REACTORS)
            : Mono.just(List.of());
        return others.map(users -> Reacted.of(kind, users));
    }

    record ExportedMessages(List<ExportedMessage> messages) {
        ExportedMessages {
            messages = List.copyOf(messages);
        }
    }
}
