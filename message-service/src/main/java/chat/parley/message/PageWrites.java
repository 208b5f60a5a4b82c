package chat.parley.message;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;

/** What MongoDB is told for each way of writing a page. All that readers see moves the version, and notes the time. */
@Component
final class PageWrites {

    private final MessageTerms terms;
    private final Clock clock;

    PageWrites(MessageTerms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
    }

    /** The document of a page that begins with these messages. */
    Document first(Append append) {
        Page after = append.after();
        Document page = new Document(PageDocument.ID, after.id().toString())
            .append(PageDocument.VERSION, after.version())
            .append(PageDocument.CHANGED, Date.from(clock.instant()))
            .append(PageDocument.MESSAGES, documents(append.messages()))
            .append(PageDocument.THREADS, threads(append.threads()))
            .append(PageDocument.OUTBOX, outbox(append));
        return after.imports().isEmpty() ? page : page.append(PageDocument.IMPORTS, imports(after));
    }

    private static Document threads(Map<Long, Replies> threads) {
        Document document = new Document();
        threads.forEach((parent, replies) -> document.append(parent.toString(), PageDocument.of(replies)));
        return document;
    }

    private static Document outbox(Append append) {
        return new Document(Long.toString(append.after().version()), PageDocument.of(append.entry()));
    }

    private static Document imports(Page page) {
        return new Document(Map.copyOf(page.imports()));
    }

    /**
     * More messages on a page that there is.
     *
     * @param paid outbox entries of the page to strike out in the same write
     */
    Bson of(Append append, Collection<Long> paid) {
        Page after = append.after();
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.pushEach(PageDocument.MESSAGES, documents(append.messages()), new PushOptions()));
        changes.add(owing(after.version(), append.entry()));
        changes.addAll(threadChanges(append.threads()));
        if (!after.imports().equals(append.before().imports())) {
            changes.add(Updates.set(PageDocument.IMPORTS, imports(after)));
        }
        return whole(after.version(), changes, paid);
    }

    /**
     * Messages of a page as they are from now on.
     *
     * @param paid as for an append
     */
    Bson of(Change change, Collection<Long> paid) {
        long version = change.after().version();
        Stream<Bson> messages = change
            .messages()
            .stream()
            .map(message -> setting(change, message));
        return whole(
            version,
            Stream.concat(messages, Stream.of(owing(version, change.entry()))).toList(),
            paid
        );
    }

    private Bson setting(Change change, Message message) {
        String path = PageDocument.MESSAGES + "." + change.after().placeOf(message.seq());
        return change.isOnlyReacted(message)
            ? Updates.set(path + "." + PageDocument.REACTIONS, PageDocument.of(message.reactions()))
            : Updates.set(path, document(message));
    }

    private List<Document> documents(List<Message> messages) {
        return messages.stream().map(this::document).toList();
    }

    /** Whoever writes what a message says writes with it what the message is found by. */
    private Document document(Message message) {
        Document document = PageDocument.of(message);
        List<Integer> hashes = terms.of(message);
        return hashes.isEmpty() ? document : document.append(PageDocument.TERMS, hashes);
    }

    private static Bson owing(long version, OutboxEntry entry) {
        return Updates.set(outboxPath(version), PageDocument.of(entry));
    }

    /** What first messages on the page know of their replies. */
    Bson ofThreads(Page page, Map<Long, Replies> threads) {
        return whole(page.version() + 1, threadChanges(threads), List.of());
    }

    private static List<Bson> threadChanges(Map<Long, Replies> threads) {
        return threads
            .entrySet()
            .stream()
            .map(thread -> Updates.set(threadPath(thread.getKey()), PageDocument.of(thread.getValue())))
            .toList();
    }

    /** The page without its first messages. The numbers of all others stay. */
    Bson withoutFirst(Page page, List<Message> old) {
        List<Bson> changes = new ArrayList<>();
        changes.add(Updates.set(PageDocument.GONE, page.gone() + old.size()));
        changes.add(Updates.pull(PageDocument.MESSAGES, Filters.lte(PageDocument.SEQ, old.getLast().seq())));
        old.forEach(message -> changes.add(Updates.unset(threadPath(message.seq()))));
        return whole(page.version() + 1, changes, List.of());
    }

    private static String threadPath(long seq) {
        return PageDocument.THREADS + "." + seq;
    }

    private Bson whole(long version, List<Bson> changes, Collection<Long> paid) {
        List<Bson> all = new ArrayList<>(changes);
        all.add(Updates.set(PageDocument.VERSION, version));
        all.add(Updates.set(PageDocument.CHANGED, Date.from(clock.instant())));
        paid.forEach(entry -> all.add(Updates.unset(outboxPath(entry))));
        return Updates.combine(all);
    }

    /** Outbox entries that are paid. No reader sees these, so the version stays. */
    static Bson striking(Collection<Long> paid) {
        return Updates.combine(
            paid
                .stream()
                .map(entry -> Updates.unset(outboxPath(entry)))
                .toList()
        );
    }

    private static String outboxPath(long version) {
        return PageDocument.OUTBOX + "." + version;
    }
}
