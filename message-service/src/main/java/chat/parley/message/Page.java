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
 * @param gone how many of its first messages the room no longer keeps
 * @param threads what first messages on this page know of their replies, by their seq
 * @param outbox by the version that the writing of the entry made
 * @param imports how far each source of an import has come in the room, by its name; each new page takes it over
 */
public record Page(
    PageId id,
    long version,
    int gone,
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
        return new Page(id, 0, 0, List.of(), Map.of(), new TreeMap<>(), Map.of());
    }

    /** The page that takes the next message, if this is the room's last: another one if this one is full. */
    Page growing() {
        return isFull() ? new Page(id.next(), 0, 0, List.of(), Map.of(), new TreeMap<>(), imports) : this;
    }

    /** The position of the newest message that the source had brought when this was the last page; -1 for none. */
    public long reached(String source) {
        return imports.getOrDefault(source, NOTHING_YET);
    }

    /** The seq of the first message that is here, or of the next one if there is none. */
    public long firstSeq() {
        return id.firstSeq() + gone;
    }

    /** The seq that the next message gets here. */
    public long next() {
        return firstSeq() + messages.size();
    }

    /** Where the message with this number stands in the list; it may not be there. */
    int placeOf(long seq) {
        return Math.toIntExact(seq - firstSeq());
    }

    boolean isNew() {
        return version == 0;
    }

    public boolean isFull() {
        return space() == 0;
    }

    int space() {
        return PageId.SIZE - gone - messages.size();
    }

    /** The messages from one seq to another, both included, as far as they are here. */
    public List<Message> between(long from, long to) {
        int first = Math.clamp(from - firstSeq(), 0, messages.size());
        int beyond = Math.clamp(to + 1 - firstSeq(), first, messages.size());
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
        return outbox.isEmpty()
            ? this
            : new Page(id, version, gone, messages, threads, new TreeMap<>(), imports);
    }
}
