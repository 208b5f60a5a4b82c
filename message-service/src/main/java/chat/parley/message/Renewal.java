package chat.parley.message;

import chat.parley.contracts.message.SealedContent;
import chat.parley.sealing.CannotOpen;
import chat.parley.sealing.Sealer;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Seals anew what is on a page under another key than the current one, or under none. No reader sees a difference and no
 * event tells of it; the version moves nevertheless, so that nobody writes the old bytes back who has read them before.
 */
@Component
class Renewal {

    private static final Logger log = LoggerFactory.getLogger(Renewal.class);
    private static final int TRIES = 20;

    private final Store store;
    private final PageDocument documents;
    private final Sealer sealer;
    private final Archive archive;

    Renewal(Store store, PageDocument documents, Sealer sealer, Archive archive) {
        this.store = store;
        this.documents = documents;
        this.sealer = sealer;
        this.archive = archive;
    }

    /** What has been found and done. */
    enum What {
        /** There is no such page. */
        NONE,
        /** Somebody else has changed it in this moment. */
        CHANGED,
        /** It owes events from before: they may need the old key, and are told within moments. */
        OWING,
        /** Nothing was to be done. */
        KEPT,
        RENEWED,
    }

    /**
     * @param unopened how many messages on it cannot be opened, and so stay as they are
     */
    record Seen(What what, int unopened) {
        static final Seen NO_PAGE = new Seen(What.NONE, 0);
        static final Seen OVERTAKEN = new Seen(What.CHANGED, 0);
        static final Seen DEBTS = new Seen(What.OWING, 0);

        boolean isRenewed() {
            return what == What.RENEWED;
        }
    }

    /**
     * @param before what the page owes since before this moment may hold bytes under an old key
     */
    Mono<Seen> renew(PageId id, Instant before) {
        return Mono.defer(() -> attempt(id, before))
            .filter(seen -> seen.what != What.CHANGED)
            .repeatWhenEmpty(TRIES, tries -> tries);
    }

    private Mono<Seen> attempt(PageId id, Instant before) {
        return store
            .one(Pages.COLLECTION, pages -> pages.find(Filters.eq(id.toString())))
            .flatMap(page -> renew(id, page, before))
            .defaultIfEmpty(Seen.NO_PAGE);
    }

    private Mono<Seen> renew(PageId id, Document page, Instant before) {
        if (ArchivedPage.isOne(page)) {
            return renewArchived(id, page);
        }
        return documents.owesSince(page, before) ? Mono.just(Seen.DEBTS) : renew(id, page);
    }

    /** What its object is sealed with only the object says, so that it is read in any case. */
    private Mono<Seen> renewArchived(PageId id, Document stub) {
        return archive
            .renew(stub)
            .map(done -> done ? new Seen(What.RENEWED, 0) : Seen.OVERTAKEN)
            .onErrorResume(CannotOpen.class, refusal -> {
                log.error("page {} cannot be sealed anew in the archive: {}", id, refusal.getMessage());
                return Mono.just(new Seen(What.KEPT, ArchivedPage.messages(stub).size()));
            });
    }

    private Mono<Seen> renew(PageId id, Document page) {
        List<Bson> changes = new ArrayList<>();
        int unopened = 0;
        List<Document> messages = page.getList(PageDocument.MESSAGES, Document.class, List.of());
        for (int i = 0; i < messages.size(); i++) {
            try {
                changes.addAll(changes(id, messages.get(i), PageDocument.MESSAGES + "." + i + "."));
            } catch (CannotOpen refusal) {
                unopened++;
                log.error("on page {} something cannot be sealed anew: {}", id, refusal.getMessage());
            }
        }
        return changes.isEmpty()
            ? Mono.just(new Seen(What.KEPT, unopened))
            : write(page, changes, new Seen(What.RENEWED, unopened));
    }

    private List<Bson> changes(PageId id, Document message, String path) {
        Binary sealed = message.get(PageDocument.SEALED, Binary.class);
        if (sealed == null ? isSilent(message) : isCurrent(sealed)) {
            return List.of();
        }
        SealedContent anew = documents.sealedAnew(id.room(), message);
        List<Bson> changes = new ArrayList<>();
        if (!anew.isEmpty()) {
            changes.add(Updates.set(path + PageDocument.SEALED, new Binary(anew.bytes())));
        }
        if (sealed == null) {
            changes.add(Updates.unset(path + PageDocument.UNSEALED));
            changes.add(Updates.unset(path + PageDocument.ATTACHMENTS));
        }
        return changes;
    }

    private static boolean isSilent(Document message) {
        return message.getString(PageDocument.UNSEALED) == null;
    }

    private boolean isCurrent(Binary sealed) {
        return Sealer.keyOf(sealed.getData()).equals(sealer.current());
    }

    private Mono<Seen> write(Document page, List<Bson> changes, Seen done) {
        long version = page.getLong(PageDocument.VERSION);
        Document same = new Document(PageDocument.ID, page.getString(PageDocument.ID)).append(
            PageDocument.VERSION,
            version
        );
        changes.add(Updates.set(PageDocument.VERSION, version + 1));
        return store
            .one(Pages.COLLECTION, pages -> pages.updateOne(same, Updates.combine(changes)))
            .map(result -> result.getMatchedCount() == 1 ? done : Seen.OVERTAKEN);
    }
}
