package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pages that nobody has changed for long go to the S3 store, and what a room does not keep is nowhere. */
@WithParley
class OldPagesJourneyIT {

    private static final Duration TENDED = Duration.ofSeconds(60);
    private static final Instant LONG_AGO = Instant.parse("2004-11-15T12:00:00Z");
    // Two pages, and a little of a third, which stays.
    private static final int OLD = 130;

    private final Parley parley;
    private final String word = "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);

    @TempDir
    private Path folder;

    private Person anna;
    private Room room;

    OldPagesJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeEach
    void aRoomFromLongAgo() throws IOException {
        assumeTrue(parley.isOurs(), "pages of a suite that somebody else started are not ours to age");
        anna = Person.signUp(parley, "Anna");
        List<Instant> times = new ArrayList<>();
        IntStream.range(0, OLD).forEach(i -> times.add(LONG_AGO.plusSeconds(i)));
        times.add(Instant.now().minusSeconds(60));
        room = OldRoom.of(parley, anna, word, times, folder);
    }

    @Test
    void areReadAndChangedAsEverUntilTheRoomKeepsThemNoLonger() throws IOException {
        List<JsonNode> before = anna.history(room);
        assertThat(before).hasSize(OLD + 1);

        age();
        keepFor(36_500);

        await("two pages are in the archive")
            .atMost(TENDED)
            .until(() -> archived() == 2);
        assertThat(anna.history(room)).isEqualTo(before);
        assertThat(anna.finds(word, "room_id=" + room.id(), "before=2004-11-15T12:00:02Z")).containsExactly(
            OldRoom.said(word, 1),
            OldRoom.said(word, 0)
        );
        JsonNode loved = anna.reacts("❤️", before.getFirst());
        assertThat(anna.history(room).getFirst().path("reactions")).isEqualTo(loved.path("reactions"));
        assertThat(archived()).as("the page of the reaction has come back").isEqualTo(1);

        keepFor(30);

        await("only what is young is left")
            .atMost(TENDED)
            .until(() -> anna.history(room).size() == 1);
        assertThat(anna.history(room)).containsExactly(before.getLast());
        await("nothing of it is in the archive")
            .atMost(TENDED)
            .until(() -> archived() == 0);
        assertThat(anna.finds(word, "room_id=" + room.id())).containsExactly(OldRoom.said(word, OLD));
        anna.get("/api/chat/messages/" + before.getFirst().path("id").asString()).require(404);
        assertThat(anna.posts("on we go", room).path("seq").asInt()).isEqualTo(OLD + 2);
    }

    /** As if nobody had changed the room's pages for a hundred days, which takes that long otherwise. */
    private void age() {
        String address = "mongodb://127.0.0.1:" + parley.status().of("mongodb").port();
        try (MongoClient mongo = MongoClients.create(address)) {
            mongo
                .getDatabase("parley")
                .getCollection("pages")
                .updateMany(
                    Filters.in(
                        "_id",
                        Stream.of(0, 1, 2)
                            .map(page -> room.id() + "/" + page)
                            .toList()
                    ),
                    Updates.combine(
                        Updates.set("changed", Date.from(Instant.now().minus(Duration.ofDays(100)))),
                        // What is in memory of them is out of date.
                        Updates.inc("version", 1L)
                    )
                );
        }
    }

    private void keepFor(int days) {
        Call.put(room.path(), Map.of("retention_days", days)).by(anna).to(new Api(parley.url())).require(200);
    }

    /** How many pages of the room there are in the S3 store, which has a folder a room. */
    private long archived() throws IOException {
        Path objects = parley.data().resolve("servers/s3/data/parley-archive").resolve(room.id());
        if (!Files.exists(objects)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
