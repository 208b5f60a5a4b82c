package chat.parley.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same is done to a collection of ours and to one of the server's own; both must become the same. */
class StandInCollectionTest {

    private static final String ID = "page";
    private static final int UPDATES = 3_000;

    private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final MVStore store = MVStore.open(null);
    private final MVStore otherStore = MVStore.open(null);
    private MongoCollection<?> ours;
    private MongoCollection<?> servers;

    @BeforeEach
    void open() {
        System.out.println("StandInCollectionTest: seed " + seed);
        ours = new StandInDatabase("parley", store, new CursorRegistry()).createCollectionOrThrowIfExists(
            "pages"
        );
        servers = new H2Database("parley", otherStore, new CursorRegistry()).createCollectionOrThrowIfExists(
            "pages"
        );
        ours.addDocument(page());
        servers.addDocument(page());
    }

    @AfterEach
    void close() {
        store.close();
        otherStore.close();
    }

    private static Document page() {
        return new Document("_id", ID).append("version", 1L).append("messages", new ArrayList<>());
    }

    @Test
    void changesDocumentsAsTheServerDoes() {
        for (int i = 0; i < UPDATES; i++) {
            Document update = update();

            assertThat(outcome(ours, update))
                .as("seed %d, %s", seed, update)
                .isEqualTo(outcome(servers, update));
            assertThat(only(ours)).as("seed %d, %s", seed, update).isEqualTo(only(servers));
        }
    }

    @Test
    void leavesWhatWasReadBeforeAsItWas() {
        update(ours, new Document("$push", each("messages", new Document("seq", 1L))));
        Document before = only(ours);
        Document copy = before.cloneDeeply();

        update(ours, new Document("$push", each("messages", new Document("seq", 2L))));
        update(ours, new Document("$set", new Document("messages.0.seq", 3L).append("outbox.7", "told")));

        assertThat(before).isEqualTo(copy);
        assertThat(only(ours).get("outbox")).isEqualTo(new Document("7", "told"));
    }

    @Test
    void refusesToChangeTheSameTwiceInOneUpdate() {
        Document twice = new Document("$set", new Document("outbox.7", 1)).append(
            "$unset",
            new Document("outbox", "")
        );

        assertThatThrownBy(() -> update(ours, twice)).isInstanceOf(MongoServerError.class);
    }

    private static String outcome(MongoCollection<?> collection, Document update) {
        try {
            return update(collection, update).toString();
        } catch (MongoServerError refusal) {
            return refusal.getMessage();
        }
    }

    private static Document update(MongoCollection<?> collection, Document update) {
        return collection.updateDocuments(
            new Document("_id", ID),
            update,
            ArrayFilters.empty(),
            false,
            false,
            NoopOplog.get()
        );
    }

    private static Document only(MongoCollection<?> collection) {
        return collection.handleQuery(new Document()).iterator().next();
    }

    private Document update() {
        Document update = new Document();
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> add(update, "$set", path(), value());
                case 1 -> add(update, "$unset", path(), "");
                case 2 -> update.append("$push", each(random.nextInt(4) == 0 ? path() : "messages", value()));
                case 3 -> add(update, "$inc", "version", 1L);
                default -> add(update, "$set", "version", (long) random.nextInt(3));
            }
        }
        return update;
    }

    private static void add(Document update, String operator, String path, Object value) {
        ((Document) update.computeIfAbsent(operator, _ -> new Document())).append(path, value);
    }

    private static Document each(String path, Object value) {
        return new Document(path, new Document("$each", new ArrayList<>(List.of(value))));
    }

    private String path() {
        return switch (random.nextInt(6)) {
            case 0 -> "outbox." + random.nextInt(3);
            case 1 -> "outbox";
            case 2 -> "messages." + random.nextInt(4);
            case 3 -> "messages." + random.nextInt(4) + ".reactions";
            case 4 -> "threads." + random.nextInt(2) + ".count";
            default -> "version.x";
        };
    }

    private Object value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> new ArrayList<>(List.of(1, 2));
            default -> new Document("seq", (long) random.nextInt(3)).append("reactions", new ArrayList<>());
        };
    }
}
