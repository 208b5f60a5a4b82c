package chat.parley.message;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.message.MessageContent;
import chat.parley.contracts.message.MessageType;
import chat.parley.contracts.message.SealedContent;
import chat.parley.message.OutboxEntry.Announcement;
import chat.parley.sealing.CannotOpen;
import chat.parley.sealing.MessageSealer;
import chat.parley.service.sealing.ContentOpener;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A page as MongoDB keeps it: the names here are what lies on disk. What messages say lies there sealed. */
@Component
final class PageDocument {

    static final String ID = "_id";
    static final String VERSION = "version";
    static final String MESSAGES = "messages";
    static final String GONE = "gone";
    static final String CHANGED = "changed";
    static final String THREADS = "threads";
    static final String OUTBOX = "outbox";
    static final String SEQ = "seq";
    static final String AT = "at";
    static final String TERMS = "terms";
    static final String REACTIONS = "reactions";
    static final String IMPORTS = "imports";

    static final String SEALED = "sealed";

    /** What messages said before they were sealed. */
    static final String UNSEALED = "content";

    /** What lay beside it. */
    static final String ATTACHMENTS = "attachments";

    private final MessageSealer sealer;
    private final ContentOpener opener;

    PageDocument(MessageSealer sealer, ContentOpener opener) {
        this.sealer = sealer;
        this.opener = opener;
    }

    MessageSealer sealer() {
        return sealer;
    }

    /**
     * @throws CannotOpen if not all of its messages can be opened
     */
    Page read(Document document) {
        return read(document, opener::open);
    }

    /** The page with those of its messages marked that cannot be opened. */
    Page readWhatOpens(Document document) {
        return read(document, opener::openOrMark);
    }

    private Page read(Document document, Opening opening) {
        PageId id = PageId.parse(document.getString(ID));
        return new Page(
            id,
            document.getLong(VERSION),
            document.get(GONE, 0),
            list(document, MESSAGES)
                .stream()
                .map(message -> message(id, message, opening))
                .toList(),
            threads(document),
            outbox(document),
            imports(document)
        );
    }

    private Message message(PageId page, Document document, Opening opening) {
        RoomId room = page.room();
        long seq = document.getLong(SEQ);
        Body body = body(room, seq, document, opening);
        return new Message(
            room,
            seq,
            new EventId(uuid(document, "event")),
            author(document),
            body,
            MessageType.valueOf(document.getString("type")),
            document.getLong("parent"),
            uuids(document, "mentions").stream().map(UserId::new).toList(),
            document.getString("client"),
            time(document, "at"),
            new Message.Revision(
                timeIf(document, "updated"),
                timeIf(document, "edited"),
                timeIf(document, "deleted")
            ),
            list(document, REACTIONS).stream().map(PageDocument::reaction).toList()
        );
    }

    private static @Nullable UserId author(Document document) {
        UUID author = document.get("author", UUID.class);
        return author == null ? null : new UserId(author);
    }

    private static Reaction reaction(Document document) {
        return new Reaction(
            document.getString("type"),
            document.getInteger("count"),
            uuids(document, "users").stream().map(UserId::new).toList(),
            document.getBoolean("spilled", false)
        );
    }

    private static Document of(Reaction reaction) {
        Document document = new Document("type", reaction.type())
            .append("count", reaction.count())
            .append("users", reaction.users().stream().map(UserId::value).toList());
        appendUnless(!reaction.spilled(), document, "spilled", true);
        return document;
    }

    static List<Document> of(List<Reaction> reactions) {
        return reactions.stream().map(PageDocument::of).toList();
    }

    private Body body(RoomId room, long seq, Document document, Opening opening) {
        Binary binary = document.get(SEALED, Binary.class);
        String unsealed = document.getString(UNSEALED);
        if (binary == null && unsealed != null) {
            return Body.of(room, seq, new MessageContent(unsealed, attachments(document)), sealer);
        }
        SealedContent sealed = binary == null ? SealedContent.NONE : SealedContent.of(binary.getData());
        return Body.of(room, seq, opening.open(room, seq, sealed), sealer).keeping(sealed);
    }

    /**
     * What the message says, under the key that seals now.
     *
     * @throws CannotOpen if it cannot be opened
     */
    SealedContent sealedAnew(RoomId room, Document message) {
        return body(room, message.getLong("seq"), message, opener::open).sealedAnew();
    }

    /** Whether something on the page is owed since before then. */
    boolean owesSince(Document page, Instant then) {
        return outbox(page)
            .values()
            .stream()
            .anyMatch(entry -> entry.at().isBefore(then));
    }

    private static List<MediaSnapshot> attachments(Document document) {
        return list(document, ATTACHMENTS).stream().map(PageDocument::attachment).toList();
    }

    private static MediaSnapshot attachment(Document document) {
        return WireJson.mapper().readValue(document.toJson(), MediaSnapshot.class);
    }

    static Document of(Message message) {
        Document document = new Document(SEQ, message.seq())
            .append("event", message.event().value())
            .append("type", message.type().name())
            .append("at", Date.from(message.at()));
        UserId author = message.author();
        appendUnless(author == null, document, "author", author == null ? null : author.value());
        appendUnless(message.parent() == null, document, "parent", message.parent());
        appendUnless(message.clientId() == null, document, "client", message.clientId());
        SealedContent sealed = message.body().sealed();
        appendUnless(sealed.isEmpty(), document, SEALED, new Binary(sealed.bytes()));
        appendUnless(
            message.mentions().isEmpty(),
            document,
            "mentions",
            message.mentions().stream().map(UserId::value).toList()
        );
        appendTime(document, "updated", message.revision().updated());
        appendTime(document, "edited", message.revision().edited());
        appendTime(document, "deleted", message.revision().deleted());
        appendUnless(message.reactions().isEmpty(), document, REACTIONS, of(message.reactions()));
        return document;
    }

    private static void appendTime(Document document, String name, @Nullable Instant time) {
        if (time != null) {
            document.append(name, Date.from(time));
        }
    }

    private static void appendUnless(boolean absent, Document document, String name, @Nullable Object value) {
        if (!absent) {
            document.append(name, value);
        }
    }

    static Map<String, Long> imports(Document document) {
        Map<String, Long> imports = new HashMap<>();
        document
            .get(IMPORTS, new Document())
            .forEach((source, position) -> imports.put(source, ((Number) position).longValue()));
        return imports;
    }

    private static Map<Long, Replies> threads(Document document) {
        Map<Long, Replies> threads = new HashMap<>();
        document
            .get(THREADS, new Document())
            .forEach((parent, replies) -> threads.put(Long.valueOf(parent), replies((Document) replies)));
        return threads;
    }

    private static Replies replies(Document document) {
        return new Replies(
            document.getInteger("count"),
            timeIf(document, "last_at"),
            document.getList("counted", Long.class, List.of())
        );
    }

    static Document of(Replies replies) {
        Document document = new Document("count", replies.count());
        appendTime(document, "last_at", replies.lastAt());
        appendUnless(replies.counted().isEmpty(), document, "counted", replies.counted());
        return document;
    }

    private static NavigableMap<Long, OutboxEntry> outbox(Document document) {
        NavigableMap<Long, OutboxEntry> outbox = new TreeMap<>();
        document
            .get(OUTBOX, new Document())
            .forEach((version, entry) -> outbox.put(Long.valueOf(version), entry((Document) entry)));
        return outbox;
    }

    private static OutboxEntry entry(Document document) {
        return new OutboxEntry(
            document.getString("by"),
            time(document, "at"),
            list(document, "announcements").stream().map(PageDocument::announcement).toList(),
            list(document, "replies")
                .stream()
                .map(reply ->
                    new OutboxEntry.Reply(reply.getLong("parent"), reply.getLong("seq"), time(reply, "at"))
                )
                .toList(),
            list(document, "reactors").stream().map(PageDocument::reactor).toList(),
            list(document, "carriages").stream().map(PageDocument::carriage).toList(),
            document.getList("behind", Long.class, List.of())
        );
    }

    private static OutboxEntry.Reactor reactor(Document document) {
        UUID user = document.get("user", UUID.class);
        return new OutboxEntry.Reactor(
            document.getLong("seq"),
            document.getString("type"),
            user == null ? null : new UserId(user),
            OutboxEntry.Reactor.Step.valueOf(document.getString("step"))
        );
    }

    private static Document of(OutboxEntry.Reactor reactor) {
        Document document = new Document("seq", reactor.seq())
            .append("type", reactor.type())
            .append("step", reactor.step().name());
        UserId user = reactor.user();
        appendUnless(user == null, document, "user", user == null ? null : user.value());
        return document;
    }

    private static OutboxEntry.Carriage carriage(Document document) {
        return new OutboxEntry.Carriage(
            document.getLong("seq"),
            new MediaId(uuid(document, "upload")),
            time(document, "sent"),
            document.getBoolean("ends")
        );
    }

    private static Document of(OutboxEntry.Carriage carriage) {
        return new Document("seq", carriage.seq())
            .append("upload", carriage.upload().value())
            .append("sent", Date.from(carriage.sent()))
            .append("ends", carriage.ends());
    }

    private static Announcement announcement(Document document) {
        return new Announcement(
            document.get("seq", 0L),
            document.get("event", Binary.class),
            document.getString("mentions")
        );
    }

    static Document of(OutboxEntry entry) {
        Document document = new Document("by", entry.by())
            .append("at", Date.from(entry.at()))
            .append("announcements", entry.announcements().stream().map(PageDocument::of).toList())
            .append("replies", entry.replies().stream().map(PageDocument::of).toList());
        appendUnless(
            entry.reactors().isEmpty(),
            document,
            "reactors",
            entry.reactors().stream().map(PageDocument::of).toList()
        );
        appendUnless(
            entry.carriages().isEmpty(),
            document,
            "carriages",
            entry.carriages().stream().map(PageDocument::of).toList()
        );
        appendUnless(entry.behind().isEmpty(), document, "behind", entry.behind());
        return document;
    }

    private static Document of(Announcement announcement) {
        return new Document("seq", announcement.seq())
            .append("event", announcement.event())
            .append("mentions", announcement.mentions());
    }

    private static Document of(OutboxEntry.Reply reply) {
        return new Document("parent", reply.parent())
            .append("seq", reply.seq())
            .append("at", Date.from(reply.at()));
    }

    private static List<Document> list(Document document, String name) {
        return document.getList(name, Document.class, List.of());
    }

    private static List<UUID> uuids(Document document, String name) {
        return document.getList(name, UUID.class, List.of());
    }

    private static UUID uuid(Document document, String name) {
        return document.get(name, UUID.class);
    }

    private static Instant time(Document document, String name) {
        return document.getDate(name).toInstant();
    }

    private static @Nullable Instant timeIf(Document document, String name) {
        Date date = document.getDate(name);
        return date == null ? null : date.toInstant();
    }

    private interface Opening {
        MessageContent open(RoomId room, long seq, SealedContent sealed);
    }
}
