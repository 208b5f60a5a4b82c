package chat.parley.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInDatabaseTest {

    private static final String COLLECTION = "pages";

    /** More than a leaf of the index holds. */
    private static final int DOCUMENTS = 500;

    @TempDir
    Path folder;

    @Test
    void findsAndGuardsWhatAFileHoldsFromBeforeItsKeysHadAnOrder() {
        try (MVStore file = open()) {
            H2Database before = new H2Database("parley", file, new CursorRegistry());
            fill(before.createCollectionOrThrowIfExists(COLLECTION));
        }

        try (MVStore file = open()) {
            assertHasAll(new StandInDatabase("parley", file, new CursorRegistry()));
        }
        try (MVStore file = open()) {
            assertHasAll(new StandInDatabase("parley", file, new CursorRegistry()));
        }
    }

    private MVStore open() {
        return MVStore.open(folder.resolve("parley.mv").toString());
    }

    private static void fill(MongoCollection<?> pages) {
        pages.insertDocuments(
            IntStream.range(0, DOCUMENTS).mapToObj(StandInDatabaseTest::document).toList(),
            true
        );
    }

    private static Document document(int number) {
        return new Document("_id", "room/" + number)
            .append("version", (long) number)
            .append("event", new UUID(7, number));
    }

    private static void assertHasAll(MongoDatabase database) {
        MongoCollection<?> pages = database.resolveCollection(COLLECTION, true);
        for (int number = 0; number < DOCUMENTS; number++) {
            Document wanted = document(number);

            assertThat(pages.handleQuery(new Document("_id", wanted.get("_id")))).containsExactly(wanted);
            assertThatThrownBy(() -> pages.addDocument(wanted)).isInstanceOf(DuplicateKeyError.class);
        }
    }
}
