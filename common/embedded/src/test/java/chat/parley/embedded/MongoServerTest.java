package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoServerTest {

    private static final int WRITERS = 4;
    private static final int ENOUGH = 400;

    @TempDir
    Path folder;

    /** The moment of the kill lies in the middle of writes by several clients; each has counted what was answered. */
    @Test
    void keepsEveryWriteItHasAcknowledgedWhenItIsKilled() throws Exception {
        var server = new MongoServer(Places.in(folder, "mongodb"));
        var first = server.start();
        var acknowledged = new ConcurrentSkipListSet<Integer>();

        var enough = new CountDownLatch(ENOUGH);
        var writers = new ArrayList<Thread>();
        for (var writer = 0; writer < WRITERS; writer++) {
            var start = writer * 1_000_000;
            writers.add(
                Thread.startVirtualThread(() -> writeUntilItDies(server, start, acknowledged, enough))
            );
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        Killing.kill(first);
        for (var writer : writers) {
            writer.join();
        }
        var second = server.start();

        assertThat(stored(server)).containsAll(acknowledged);
        Killing.stop(second);
    }

    @Test
    void keepsUpdatesOfOneDocument() {
        var server = new MongoServer(Places.in(folder, "mongodb"));
        var first = server.start();
        try (var client = connect(server)) {
            var pages = pages(client);
            pages.insertOne(new Document("_id", 0).append("next", 1));
            for (var seq = 1; seq <= 50; seq++) {
                pages.updateOne(
                    Filters.and(Filters.eq("_id", 0), Filters.eq("next", seq)),
                    Updates.combine(Updates.inc("next", 1), Updates.push("messages", "message " + seq))
                );
            }
        }

        Killing.kill(first);
        var second = server.start();

        try (var client = connect(server)) {
            var page = pages(client).find(Filters.eq("_id", 0)).first();
            assertThat(page.getInteger("next")).isEqualTo(51);
            assertThat(page.getList("messages", String.class)).hasSize(50).endsWith("message 50");
        }
        Killing.stop(second);
    }

    private static void writeUntilItDies(
        MongoServer server,
        int start,
        Set<Integer> acknowledged,
        CountDownLatch enough
    ) {
        try (var client = connect(server)) {
            var pages = pages(client);
            for (var id = start; ; id++) {
                pages.insertOne(new Document("_id", id));
                acknowledged.add(id);
                enough.countDown();
            }
        } catch (MongoException killed) {
            // What was not acknowledged may or may not be there.
        }
    }

    private static Set<Integer> stored(MongoServer server) {
        try (var client = connect(server)) {
            return pages(client)
                .find()
                .map(document -> document.getInteger("_id"))
                .into(new ArrayList<>())
                .stream()
                .collect(Collectors.toSet());
        }
    }

    private static MongoClient connect(MongoServer server) {
        return MongoClients.create(
            server.environment().get("PARLEY_MONGODB_URI") +
                "?retryWrites=false&serverSelectionTimeoutMS=10000"
        );
    }

    private static MongoCollection<Document> pages(MongoClient client) {
        return client.getDatabase("parley").getCollection("pages");
    }
}
