package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people find through the gateway follows what they may read, and what it says now. */
@WithParley
class SearchJourneyIT extends TwoInARoom {

    /** Every instance hears of a change of members within that. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    /** Nobody says this in another test. */
    private String word;

    SearchJourneyIT(Parley parley) {
        super(parley);
    }

    @BeforeEach
    void makeUpAWord() {
        word = "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }

    @Test
    void onlyMembersFindAnything() {
        Room other = anna.creates("cellar");
        anna.posts(word + " in the library", room);
        anna.posts(word + " in the cellar", other);
        Person stranger = Person.signUp(parley, "Stranger");

        assertThat(anna.finds(word)).containsExactly(word + " in the cellar", word + " in the library");
        assertThat(anna.finds(word, "room_id=" + other.id())).containsExactly(word + " in the cellar");
        assertThat(bert.finds(word)).containsExactly(word + " in the library");
        assertThat(stranger.finds(word)).isEmpty();
        stranger.get("/api/chat/search?q=" + word + "&room_id=" + room.id()).require(404);
    }

    @Test
    void whoLeavesFindsNothingAnyMore() {
        anna.posts(word, room);
        assertThat(bert.finds(word)).hasSize(1);

        bert.removes(bert, room);

        await()
            .atMost(SOON)
            .until(() -> bert.finds(word).isEmpty());
        assertThat(anna.finds(word)).hasSize(1);
    }

    @Test
    void whoIsRemovedFindsNothingUntilTheyAreBack() {
        bert.posts(word, room);
        assertThat(bert.finds(word)).hasSize(1);

        anna.removes(bert, room);
        await()
            .atMost(SOON)
            .until(() -> bert.finds(word).isEmpty());
        bert.get("/api/chat/search?q=" + word + "&room_id=" + room.id()).require(404);
        anna.adds(bert, room);

        await()
            .atMost(SOON)
            .until(() -> bert.finds(word).size() == 1);
    }

    @Test
    void findsWhatMessagesSayNow() {
        JsonNode kept = bert.posts(word + " stays", room);
        JsonNode edited = bert.posts(word + " goes", room);
        JsonNode deleted = bert.posts(word + " is taken back", room);

        bert.edits(edited, "something else");
        bert.deletes(deleted);
        bert.edits(kept, word + " has stayed");

        assertThat(anna.finds(word)).containsExactly(word + " has stayed");
        assertThat(anna.finds("something else", "room_id=" + room.id())).containsExactly("something else");
        assertThat(anna.finds("taken", "room_id=" + room.id())).isEmpty();
    }

    @Test
    void findsByWhenItWasSaid() throws IOException {
        List<Instant> times = Stream.of(
            "2004-11-15T12:00:00Z",
            "2008-02-29T12:00:00Z",
            "2012-06-01T12:00:00Z"
        )
            .map(Instant::parse)
            .toList();
        Room archive = OldRoom.of(parley, anna, word, times, folder);
        String here = "room_id=" + archive.id();

        assertThat(anna.finds(word, here)).containsExactly(said(2), said(1), said(0));
        assertThat(anna.finds(word, here, "before=2008-02-29T12:00:00Z")).containsExactly(said(0));
        assertThat(anna.finds(word, here, "after=2008-02-29T12:00:00Z")).containsExactly(said(2));
        assertThat(anna.finds(word, here, "after=2005-01-01T00:00:00Z", "before=2012-01-01T00:00:00Z"))
            .as("in between")
            .containsExactly(said(1));
        assertThat(anna.finds(word, here, "before=2004-01-01T00:00:00Z")).isEmpty();
    }

    private String said(int place) {
        return OldRoom.said(word, place);
    }
}
