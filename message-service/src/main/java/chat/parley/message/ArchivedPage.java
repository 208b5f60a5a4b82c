package chat.parley.message;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What is left in MongoDB of a page that lies in the archive: enough to find it, to search it, and to let it go when its
 * time has come. In place of the page's document, under the same {@code _id}.
 *
 * @param version of the stub; the page came before it, and what brings the page back comes after it
 * @param key of the object that has the page
 * @param newest the time of its newest message
 * @param imports as the page has it: the page that comes after it takes it over
 */
record ArchivedPage(
    PageId id,
    long version,
    String key,
    int count,
    Instant oldest,
    Instant newest,
    Map<String, Long> imports
) {
    static final String ARCHIVE = "archive";

    private static final String KEY = "key";
    private static final String COUNT = "count";
    private static final String OLDEST = "oldest";
    private static final String NEWEST = "newest";

    static boolean isOne(Document document) {
        return document.containsKey(ARCHIVE);
    }

    /** Whether it is full, and nobody is owed anything for it. */
    static boolean canBeMadeOf(Document page) {
        return (
            page.get(PageDocument.GONE, 0) + messages(page).size() == PageId.SIZE &&
            !messages(page).isEmpty() &&
            page.get(PageDocument.OUTBOX, new Document()).isEmpty()
        );
    }

    static ArchivedPage read(Document stub) {
        Document archive = stub.get(ARCHIVE, Document.class);
        return new ArchivedPage(
            PageId.parse(stub.getString(PageDocument.ID)),
            stub.getLong(PageDocument.VERSION),
            archive.getString(KEY),
            archive.getInteger(COUNT),
            archive.getDate(OLDEST).toInstant(),
            archive.getDate(NEWEST).toInstant(),
            PageDocument.imports(stub)
        );
    }

    /** The page without what is in the archive. */
    Page outline() {
        return new Page(id, pageVersion(), PageId.SIZE, List.of(), Map.of(), new TreeMap<>(), imports);
    }

    /** The version that the page had, and has for whoever reads it in the archive. */
    long pageVersion() {
        return version - 1;
    }

    /**
     * What stands for the page from now on. It has a version of its own, so that nobody who has read the page can take
     * it for that and write to it.
     */
    static Document of(Document page, String key) {
        List<Document> messages = messages(page);
        List<Date> times = messages
            .stream()
            .map(message -> message.getDate(PageDocument.AT))
            .sorted()
            .toList();
        Document archive = new Document(KEY, key)
            .append(COUNT, messages.size())
            .append(OLDEST, times.getFirst())
            .append(NEWEST, times.getLast());
        Document stub = new Document(PageDocument.ID, page.getString(PageDocument.ID))
            .append(PageDocument.VERSION, page.getLong(PageDocument.VERSION) + 1)
            .append(ARCHIVE, archive)
            .append(PageDocument.MESSAGES, messages.stream().map(ArchivedPage::searchable).toList())
            .append(PageDocument.OUTBOX, new Document());
        Document imports = page.get(PageDocument.IMPORTS, Document.class);
        return imports == null ? stub : stub.append(PageDocument.IMPORTS, imports);
    }

    /** The same for a page whose object has another name from now on. */
    static Document moved(Document stub, String key) {
        Document archive = new Document(stub.get(ARCHIVE, Document.class)).append(KEY, key);
        return new Document(stub)
            .append(PageDocument.VERSION, stub.getLong(PageDocument.VERSION) + 1)
            .append(ARCHIVE, archive);
    }

    /** Its place and time, and what a search finds it by. */
    private static Document searchable(Document message) {
        Document place = new Document(PageDocument.SEQ, message.getLong(PageDocument.SEQ)).append(
            PageDocument.AT,
            message.getDate(PageDocument.AT)
        );
        Object terms = message.get(PageDocument.TERMS);
        return terms == null ? place : place.append(PageDocument.TERMS, terms);
    }

    static List<Document> messages(Document page) {
        return page.getList(PageDocument.MESSAGES, Document.class, List.of());
    }

    /** When the page was last written to; what was written before that was noted has the time of its last message. */
    static @Nullable Instant changed(Document page) {
        Date changed = page.getDate(PageDocument.CHANGED);
        List<Document> messages = messages(page);
        if (changed != null) {
            return changed.toInstant();
        }
        return messages.isEmpty() ? null : messages.getLast().getDate(PageDocument.AT).toInstant();
    }
}
