package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of a message after it was sent, for those who look and for those who only listen. */
@WithParley
class MessageLifeJourneyIT extends TwoInARoom {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration CLEANED_UP = Duration.ofSeconds(30);

    MessageLifeJourneyIT(Parley parley) {
        super(parley);
    }

    @Test
    void wordsComeBackAsTheyWereWritten() {
        for (String words : List.of(
            "<script>alert('&amp;')</script>",
            "a\tb\nc",
            "👩‍👩‍👧 שלום",
            " x ",
            "\\u0041 %41 \""
        )) {
            JsonNode sent = anna.posts(words, room);

            assertThat(sent.path("content").asString()).isEqualTo(words);
            assertThat(bert.history(room).getLast()).isEqualTo(sent);
        }
    }

    @Test
    void wordsAreKeptInOneForm() {
        String apart = Normalizer.normalize("Tomäten für Zoë", Normalizer.Form.NFD);

        JsonNode sent = anna.posts(apart, room);
        JsonNode edited = anna.edits(sent, apart + "!");

        assertThat(sent.path("content").asString()).isEqualTo("Tomäten für Zoë");
        assertThat(edited.path("content").asString()).isEqualTo("Tomäten für Zoë!");
    }

    @Test
    void whoSentItReadsItAtOnce() {
        for (int i = 1; i <= 70; i++) {
            JsonNode sent = anna.posts("m" + i, room);
            assertThat(anna.get(path(sent)).require(200)).isEqualTo(sent);
            assertThat(newest(anna, room)).isEqualTo(sent);
        }
        JsonNode edited = anna.edits(anna.history(room).get(3), "changed");
        assertThat(anna.history(room).get(3)).isEqualTo(edited);
    }

    private static JsonNode newest(Person person, Room room) {
        return person.get("/api/chat/messages/latest?room_ids=" + room.id()).require(200).path("data").get(0);
    }

    @Test
    void anEditReachesWhoLooksAtTheRoom() {
        anna.opens(room);
        JsonNode sent = bert.posts("befroe", room);

        JsonNode edited = bert.edits(sent, "before");

        JsonNode heard = anna
            .hears("message.updated", "the edit", data -> isAbout(data.path("message"), sent))
            .within(SOON)
            .data();
        assertThat(heard.path("message")).isEqualTo(edited);
        assertThat(edited.path("content").asString()).isEqualTo("before");
        assertThat(edited.path("created_at")).isEqualTo(sent.path("created_at"));
        assertThat(edited.path("updated_at")).isEqualTo(edited.path("edited_at"));
        assertThat(anna.history(room)).containsExactly(edited);
    }

    private static boolean isAbout(JsonNode message, JsonNode sent) {
        return message.path("id").equals(sent.path("id"));
    }

    @Test
    void aDeletionReachesWhoLooksAtTheRoomAndLeavesThePlace() {
        anna.opens(room);
        JsonNode sent = bert.posts("oh, @" + anna.username(), room);

        bert.deletes(sent);

        JsonNode heard = anna
            .hears("message.deleted", "the deletion", data -> data.path("message_id").equals(sent.path("id")))
            .within(SOON)
            .data();
        assertThat(heard.propertyNames()).containsExactlyInAnyOrder(
            "message_id",
            "room_id",
            "seq",
            "user_id"
        );
        assertThat(heard.path("user_id").asString()).isEqualTo(bert.id());
        JsonNode place = anna.history(room).getFirst();
        assertThat(place.path("content").asString()).isEmpty();
        assertThat(place.path("mentions")).isEmpty();
        assertThat(place.path("deleted_at").asString()).endsWith("Z");
        assertThat(bert.posts("next", room).path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void theDeviceThatCausedItHearsNothingOfIt() {
        anna.opens(room);
        bert.opens(room);
        String socket = bert.device().id();

        JsonNode sent = bert
            .calls("POST", room.path() + "/messages", socket, Map.of("content", "hi"))
            .require(201);
        bert.calls("PUT", path(sent), socket, Map.of("content", "ho")).require(200);
        bert.calls("POST", path(sent) + "/reactions", socket, Map.of("reaction_type", ":+1:")).require(200);
        bert.calls("DELETE", path(sent) + "/reactions/:+1:", socket, Map.of()).require(200);
        bert.calls("DELETE", path(sent), socket, Map.of()).require(204);
        anna.posts("the end", room);

        anna.hears("message.deleted", "the deletion", data -> true).within(SOON);
        bert.receives("the end").within(SOON);
        assertThat(bert.heard())
            .extracting(Frame::event)
            .doesNotContain("message.updated", "message.deleted", "reaction.added", "reaction.removed");
        assertThat(bert.heard())
            .filteredOn(frame -> frame.event().equals("message.sent"))
            .hasSize(1);
        assertThat(anna.heard())
            .extracting(Frame::event)
            .containsSubsequence(
                "message.sent",
                "message.updated",
                "reaction.added",
                "reaction.removed",
                "message.deleted"
            );
    }

    @Test
    void pagesHearAllThatBecomesOfAMessage() {
        try (Listeners pages = Listeners.in(room, parley, anna, bert)) {
            JsonNode sent = bert.posts("ask @" + anna.username(), room);
            JsonNode loved = anna.reacts("❤", sent);
            JsonNode plain = anna.takesBack("❤", sent);
            JsonNode edited = bert.edits(sent, "never mind");
            bert.deletes(sent);

            for (int page : pages.numbers().toArray()) {
                pages.hears(page, "message.deleted", sent).within(SOON);
                assertThat(pages.eventsOf(sent, page))
                    .filteredOn(event -> !event.equals("mention"))
                    .containsExactly(
                        "reaction.added",
                        "reaction.removed",
                        "message.updated",
                        "message.deleted"
                    );
                assertThat(
                    pages.hears(page, "message.updated", sent).within(SOON).at("/data/message")
                ).isEqualTo(edited);
                JsonNode added = pages.hears(page, "reaction.added", sent).within(SOON).path("data");
                assertThat(added.path("room_id").asString()).isEqualTo(room.id());
                assertThat(added.path("user_id").asString()).isEqualTo(anna.id());
                assertThat(added.path("reaction_type").asString()).isEqualTo("❤️");
                assertThat(added.path("count").asInt()).isOne();
                JsonNode removed = pages.hears(page, "reaction.removed", sent).within(SOON).path("data");
                assertThat(removed.path("count").asInt()).isZero();
            }
            assertThat(pages.hears(0, "mention", sent).within(SOON).at("/data/message")).isEqualTo(sent);
            assertThat(pages.eventsOf(sent, 1)).doesNotContain("mention");
            assertThat(loved.path("reactions")).hasSize(1);
            assertThat(plain.path("reactions")).isEmpty();
        }
    }

    @Test
    void whoIsMentionedHearsItWhereverTheyAre() {
        anna.subscribes("private-user." + anna.id()).within(SOON);

        JsonNode sent = bert.posts("ask @" + anna.username() + " or @nobody", room);
        JsonNode plain = bert.posts("ask somebody", room);
        JsonNode edited = bert.edits(plain, "ask @" + anna.username());

        assertThat(sent.path("mentions")).hasSize(1);
        assertThat(sent.path("mentions").get(0).asString()).isEqualTo(anna.id());
        assertThat(mentioned(sent)).isEqualTo(sent);
        assertThat(mentioned(plain)).isEqualTo(edited);
    }

    private JsonNode mentioned(JsonNode message) {
        return anna
            .hears("mention", "the mention", data -> isAbout(data.path("message"), message))
            .within(SOON)
            .data()
            .path("message");
    }

    @Test
    void onlyAnAdminMentionsAll() {
        JsonNode ofAdmin = anna.posts("@all come", room);
        JsonNode ofMember = bert.posts("@all come", room);

        assertThat(ofAdmin.path("mentions").valueStream().map(JsonNode::asString)).contains(bert.id());
        assertThat(ofMember.path("mentions")).isEmpty();
    }

    @Test
    void theNewestOfAHundredRooms() {
        List<Room> rooms = IntStream.rangeClosed(1, 100)
            .mapToObj(i -> anna.creates("room " + i))
            .collect(Collectors.toCollection(ArrayList::new));
        rooms.forEach(each -> anna.posts("in " + each.name(), each));
        Collections.shuffle(rooms, new Random(1));
        String ids = rooms.stream().map(Room::id).collect(Collectors.joining(","));

        JsonNode latest = anna.get("/api/chat/messages/latest?room_ids=" + ids).require(200).path("data");

        assertThat(latest)
            .extracting(message -> message.path("content").asString())
            .containsExactlyElementsOf(
                rooms
                    .stream()
                    .map(each -> "in " + each.name())
                    .toList()
            );
        assertThat(bert.get("/api/chat/messages/latest?room_ids=" + ids).require(200).path("data")).isEmpty();
    }

    @Test
    void aFileGoesWithItsMessage() {
        JsonNode file = bert.uploads(
            "secret.txt",
            "text/plain",
            "the words".getBytes(StandardCharsets.UTF_8)
        );
        JsonNode sent = bert.shares(file, "here", room);
        String address = sent.path("attachments").get(0).path("url").asString();
        await()
            .atMost(SOON)
            .until(() -> download(address) == 200);

        bert.deletes(sent);

        JsonNode place = anna.get(path(sent)).require(200);
        assertThat(place.path("attachments")).isEmpty();
        await("the file's bytes are gone")
            .atMost(CLEANED_UP)
            .until(() -> download(address) == 404);
        assertThat(bert.get("/api/chat/media/" + file.path("id").asString()).status()).isEqualTo(404);
    }

    /** Without a token: the address alone gives access. */
    private int download(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(parley.url().resolve(address)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static String path(JsonNode message) {
        return "/api/chat/messages/" + message.path("id").asString();
    }
}
