package chat.parley.message.transfer;

import chat.parley.contracts.RoomId;
import chat.parley.message.Page;
import chat.parley.message.PageId;
import chat.parley.message.Pages;
import chat.parley.service.problem.MalformedRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@code ./parley export} asks; takes service tokens only. */
@RestController
class ExportController {

    private final Pages pages;

    ExportController(Pages pages) {
        this.pages = pages;
    }

    /** The messages that follow a seq, as far as they lie together; none at the end of the room. */
    @GetMapping("/internal/exports/rooms/{room}/messages")
    Mono<ExportedMessages> messages(@PathVariable RoomId room, @RequestParam long after) {
        if (after < 0) {
            return Mono.error(() -> new MalformedRequest("after must not be negative."));
        }
        return pages
            .current(PageId.holding(room, after + 1))
            .map(page -> exported(page, after))
            .defaultIfEmpty(new ExportedMessages(List.of()));
    }

    private static ExportedMessages exported(Page page, long after) {
        return new ExportedMessages(
            page.between(after + 1, Long.MAX_VALUE - 1).stream().map(ExportedMessage::of).toList()
        );
    }

    record ExportedMessages(List<ExportedMessage> messages) {
        ExportedMessages {
            messages = List.copyOf(messages);
        }
    }
}
