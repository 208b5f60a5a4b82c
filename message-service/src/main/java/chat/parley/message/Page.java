package chat.parley.message;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Up to 64 messages of a room and what belongs to them.
 *
 * @param version moves with every write that changes what a reader sees; 0 while there is no such document
 * @param threads what first messages on this page know of their replies, by their seq
 * @param outbox by the version that the writing of the entry made
 * @param imports how far each source of an import has come in the room, by its name; each new page takes it over
 */
public record Page(
    PageId id,
    long version,
    List<Message> messages,
    Map<Long, Replies> threads,
    NavigableMap<Long, OutboxEntry> outbox,
    Map<String, Long> imports
) {
    private static final long NOTHING_YET = -1;

    public Page {
        messages = List.copyOf(messages);
        threads = Map.copyOf(threads);
        imports = Map.copyOf(imports);
    }

    static Page empty(PageId id) {
        return new Page(id, 0, List.of(), Map.of(), new TreeMap<>(), Map.of());
    }

    /** The page that takes the next message, if this is the room's last: another one if this one is full. */
    Page growing() {
        return isFull() ? new Page(id.next(), 0, List.of(), Map.of(), new TreeMap<>(), imports) : this;
    }

    /** The position of the newest message that the source had brought when this was the last page; -1 for none. */
    public long reached(String source) {
        return imports.getOrDefault(source, NOTHING_YET);
    }

    /** The seq that the next message gets here. */
    public long next() {
        return id.firstSeq() + messages.size();
    }

    boolean isNew() {
        return version == 0;
    }

    public boolean isFull() {
        return messages.size() == PageId.SIZE;
    }

    int space() {
        return PageId.SIZE - messages.size();
    }

    /** The messages from one seq to another, both included, as far as they are here. */
    public List<Message> between(long from, long to) {
        int first = Math.clamp(from - id.firstSeq(), 0, messages.size());
        int beyond = Math.clamp(to + 1 - id.firstSeq(), first, messages.size());
        return messages.subList(first, beyond);
    }

    /** The message with this number, if it is here. */
    Optional<Message> find(long seq) {
        return between(seq, seq).stream().findFirst();
    }

    public Replies repliesTo(long seq) {
        return threads.getOrDefault(seq, Replies.NONE);
    }

    Optional<Message> first(Predicate<Message> wanted) {
        return messages.stream().filter(wanted).findFirst();
    }

    Stream<Message> stream() {
        return messages.stream();
    }

    /** The same for readers, who have no use for the outbox. */
    Page withoutOutbox() {
        return outbox.isEmpty() ? this : new Page(id, version, messages, threads, new TreeMap<>(), imports);
    }
}
