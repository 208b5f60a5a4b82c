package chat.parley.message;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageSnapshot;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All messages, to be read: any place in a history of any length is as near as any other. */
@Component
public class Messages {

    private static final int PAGES_AT_ONCE = 4;

    private final Pages pages;
    private final Tails tails;
    private final Beginnings beginnings;
    private final Attachments attachments;

    Messages(Pages pages, Tails tails, Beginnings beginnings, Attachments attachments) {
        this.pages = pages;
        this.tails = tails;
        this.beginnings = beginnings;
        this.attachments = attachments;
    }

    /** The seq of the room's newest message; 0 if it has none. */
    public Mono<Long> lastSeq(RoomId room) {
        return tails
            .current(room)
            .map(tail -> tail.next() - 1)
            .defaultIfEmpty(0L);
    }

    /** The seq of the oldest message that the room has kept; that of the next one if it has kept none. */
    public Mono<Long> firstSeq(RoomId room) {
        return beginnings.firstSeq(room);
    }

    /**
     * A part of a room's history.
     *
     * @param data in the order of seq; less than asked for if the room has not kept all of that
     * @param hasBefore whether the room has kept messages before these
     */
    public record Stretch(List<MessageSnapshot> data, boolean hasBefore) {
        public Stretch {
            data = List.copyOf(data);
        }
    }

    /** The messages from one seq to another, both included, as far as they have been kept. */
    public Mono<Stretch> stretch(RoomId room, long from, long to) {
        return pages(room, from, to)
            .collectList()
            .flatMap(found ->
                Mono.zip(
                    attachments.renewed(snapshots(found, from, to)),
                    hasBefore(room, from, found),
                    Stretch::new
                )
            );
    }

    /** Where what is asked for begins on a page of its own, the page before tells. */
    private Mono<Boolean> hasBefore(RoomId room, long from, List<Page> found) {
        boolean isOnPage = !found.isEmpty() && found.getFirst().id().holds(from - 1);
        return isOnPage
            ? Mono.just(found.getFirst().firstSeq() < from)
            : beginnings.reachBackTo(room, from - 1);
    }

    private static List<MessageSnapshot> snapshots(List<Page> found, long from, long to) {
        return found
            .stream()
            .flatMap(page -> snapshots(page, from, to).stream())
            .toList();
    }

    /** The messages from one seq to another, both included, in their order. */
    public Mono<List<MessageSnapshot>> between(RoomId room, long from, long to) {
        return pages(room, from, to)
            .flatMapIterable(page -> snapshots(page, from, to))
            .collectList()
            .flatMap(attachments::renewed);
    }

    private Flux<Page> pages(RoomId room, long from, long to) {
        if (to < from) {
            return Flux.empty();
        }
        long first = PageId.holding(room, from).number();
        int count = Math.toIntExact(PageId.holding(room, to).number() - first + 1);
        return Flux.range(0, count)
            .map(offset -> new PageId(room, first + offset))
            .flatMapSequential(pages::current, PAGES_AT_ONCE);
    }

    /** The messages with these seqs, which ascend; those that are not there are left out. */
    public Mono<List<MessageSnapshot>> at(RoomId room, List<Long> seqs) {
        Set<Long> wanted = Set.copyOf(seqs);
        return Flux.fromStream(() ->
            seqs
                .stream()
                .map(seq -> PageId.holding(room, seq))
                .distinct()
        )
            .flatMapSequential(pages::current, PAGES_AT_ONCE)
            .flatMapIterable(page -> snapshots(page, page.id().firstSeq(), page.id().lastSeq()))
            .filter(message -> wanted.contains(message.seq()))
            .collectList()
            .flatMap(attachments::renewed);
    }

    /** A message that has just been changed, as its readers see it. */
    public Mono<MessageSnapshot> shown(Altered altered) {
        return attachments.renewed(List.of(altered.snapshot())).map(List::getFirst);
    }

    private static List<MessageSnapshot> snapshots(Page page, long from, long to) {
        return page
            .between(from, to)
            .stream()
            .map(message -> message.snapshot(page.repliesTo(message.seq())))
            .toList();
    }

    /** The message, or empty if there is none. */
    public Mono<MessageSnapshot> find(MessageId id) {
        return between(id.room(), id.seq(), id.seq()).flatMap(found ->
            Mono.justOrEmpty(found.stream().findFirst())
        );
    }

    /** The newest message of the room; empty if it has none. */
    public Mono<MessageSnapshot> newest(RoomId room) {
        return tails
            .current(room)
            .map(tail -> snapshots(tail, tail.next() - 1, tail.next() - 1))
            .flatMap(attachments::renewed)
            .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }
}
