package chat.parley.message;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who replied to what, in the order of the replies. */
@Component
public class Threads {

    private final Pages pages;
    private final ReplyLists lists;

    Threads(Pages pages, ReplyLists lists) {
        this.pages = pages;
        this.lists = lists;
    }

    /**
     * The seqs of the first replies behind a place; empty if there is no such message.
     *
     * @param after a seq of the room
     * @param most how many
     */
    public Mono<List<Long>> replies(MessageId first, long after, int most) {
        return pages
            .current(PageId.holding(first.room(), first.seq()))
            .filter(page -> page.find(first.seq()).isPresent())
            .flatMap(page -> replies(page, first, after, most));
    }

    /** The page knows its own, and all others come later. */
    private Mono<List<Long>> replies(Page page, MessageId first, long after, int most) {
        RoomId room = first.room();
        return onPage(page, first.seq())
            .filter(seq -> seq > after)
            .concatWith(
                Flux.defer(() -> lists.after(room, first.seq(), Math.max(after, page.id().lastSeq())))
            )
            .take(most)
            .collectList();
    }

    private static Flux<Long> onPage(Page page, long first) {
        return Flux.fromStream(page::stream)
            .filter(message -> message.parent() != null && message.parent() == first)
            .map(Message::seq);
    }
}
