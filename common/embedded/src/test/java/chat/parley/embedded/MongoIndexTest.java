package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same is done to two collections, of which one has an index; whatever is asked, both must answer the same. */
class MongoIndexTest {

    private static final int DOCUMENTS = 12;
    private static final int VALUES = 9;
    private static final int TIMES = 20;
    private static final Bson ONLY_ID = Projections.include("_id");

    private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    Path folder;

    private MongoServer server;
    private ServerProcess process;
    private MongoClient client;
    private MongoCollection<Document> indexed;
    private MongoCollection<Document> plain;

    @BeforeEach
    void start() {
        System.out.println("MongoIndexTest: seed " + seed);
        server = new MongoServer(Places.in(folder, "mongodb"));
        process = server.start();
        connect();
    }

    private void connect() {
        client = MongoClients.create(
            server.environment().get("PARLEY_MONGODB_URI") +
                "?retryWrites=false&serverSelectionTimeoutMS=10000"
        );
        indexed = database().getCollection("indexed");
        plain = database().getCollection("plain");
    }

    private MongoDatabase database() {
        return client.getDatabase("parley");
    }

    @AfterEach
    void stop() {
        client.close();
        Killing.stop(process);
    }

    @Test
    void findsWhatAScanFinds() {
        indexed.createIndex(Indexes.ascending("messages.terms", "messages.at"));
        for (var round = 0; round < 6; round++) {
            for (var change = 0; change < 60; change++) {
                changeBoth();
            }
            if (round == 3) {
                restart();
            }
            for (var query = 0; query < 60; query++) {
                assertBothAnswer(query());
            }
        }
        assertThat(keys()).as("seed %d", seed).isPositive();
    }

    @Test
    void indexesWhatWasThereBefore() {
        for (var change = 0; change < 100; change++) {
            changeBoth();
        }

        indexed.createIndex(Indexes.ascending("messages.terms"));

        for (var query = 0; query < 100; query++) {
            assertBothAnswer(query());
        }
        assertThat(keys()).as("seed %d", seed).isPositive();
    }

    @Test
    void knowsNothingOfWhatIsGone() {
        indexed.createIndex(Indexes.ascending("messages.terms", "messages.at"));
        for (var change = 0; change < 100; change++) {
            changeBoth();
        }

        indexed.deleteMany(new Document());

        assertThat(keys()).as("seed %d", seed).isZero();
    }

    private void restart() {
        client.close();
        Killing.kill(process);
        process = server.start();
        connect();
    }

    private long keys() {
        var keys = database()
            .runCommand(new Document("validate", "indexed"))
            .get("keysPerIndex", Document.class);
        return keys
            .entrySet()
            .stream()
            .filter(index -> index.getKey().startsWith("messages."))
            .mapToLong(index -> ((Number) index.getValue()).longValue())
            .sum();
    }

    private void changeBoth() {
        var id = "d" + random.nextInt(DOCUMENTS);
        var known = plain.find(Filters.eq(id)).first();
        if (known == null) {
            var document = new Document("_id", id).append("version", 1L).append("messages", elements());
            both(all -> all.insertOne(new Document(document)));
        } else if (random.nextInt(8) == 0) {
            both(all -> all.deleteOne(Filters.eq(id)));
        } else {
            var update = update(known.getList("messages", Document.class).size());
            both(all -> all.updateOne(Filters.eq(id), update));
        }
    }

    private void both(Consumer<MongoCollection<Document>> change) {
        change.accept(indexed);
        change.accept(plain);
    }

    private Bson update(int size) {
        var place = "messages." + random.nextInt(Math.max(1, size));
        return switch (random.nextInt(size == 0 ? 2 : 5)) {
            case 0 -> Updates.pushEach("messages", elements());
            case 1 -> Updates.inc("version", 1L);
            case 2 -> Updates.unset(place + ".terms");
            case 3 -> Updates.set(place + ".terms", terms());
            default -> Updates.set(place + ".at", new Date(random.nextInt(TIMES)));
        };
    }

    private List<Document> elements() {
        return Stream.generate(this::element).limit(random.nextInt(4)).toList();
    }

    private Document element() {
        var element = new Document();
        if (random.nextInt(8) != 0) {
            element.append("at", new Date(random.nextInt(TIMES)));
        }
        return random.nextInt(6) == 0 ? element : element.append("terms", terms());
    }

    private Object terms() {
        return switch (random.nextInt(6)) {
            case 0 -> (long) random.nextInt(VALUES);
            case 1 -> "word";
            default -> new ArrayList<>(Stream.generate(this::value).limit(random.nextInt(5)).toList());
        };
    }

    private Integer value() {
        return random.nextInt(VALUES);
    }

    private Bson query() {
        var one = new Document("terms", condition());
        if (random.nextBoolean()) {
            one = new Document(
                "$and",
                List.of(new Document("terms", condition()), new Document("terms", condition()))
            );
        }
        if (random.nextBoolean()) {
            var from = random.nextInt(TIMES);
            var until = new Document("$lte", new Date(from + 6));
            one.append("at", random.nextBoolean() ? until : until.append("$gt", new Date(from)));
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Document("messages.terms", condition());
            case 1 -> new Document("messages.terms", new Document("$all", List.of(value(), value())));
            case 2 -> new Document("messages", new Document("$elemMatch", one)).append("version", 2L);
            default -> new Document("messages", new Document("$elemMatch", one));
        };
    }

    private Object condition() {
        return switch (random.nextInt(4)) {
            case 0 -> value();
            case 1 -> new Document("$eq", value());
            case 2 -> new Document("$in", List.of(value(), value(), "word"));
            default -> new Document("$in", List.of(value()));
        };
    }

    private void assertBothAnswer(Bson query) {
        var expected = ids(plain.find(query));
        assertThat(ids(indexed.find(query))).as("seed %d, %s", seed, query).isEqualTo(expected);
        assertThat(ids(indexed.find(query).projection(ONLY_ID)))
            .as("seed %d, ids of %s", seed, query)
            .isEqualTo(expected);
        assertThat(ids(indexed.find(query).projection(ONLY_ID).limit(2)))
            .as("seed %d, two ids of %s", seed, query)
            .hasSize(Math.min(2, expected.size()))
            .isSubsetOf(expected);
    }

    private static List<String> ids(FindIterable<Document> found) {
        return found
            .map(document -> document.getString("_id"))
            .into(new ArrayList<>())
            .stream()
            .sorted()
            .toList();
    }
}
