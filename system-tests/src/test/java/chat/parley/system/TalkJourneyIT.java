package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A message travels all the way, and so do the small signs around it. */
@WithParley
class TalkJourneyIT extends TwoInARoom {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);
    // Typing ends after 6 s, going offline takes 10 s of grace; the rest is a slow machine's.
    private static final Duration AFTER_TYPING = Duration.ofSeconds(10);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(16);
    private static final byte[] PIXEL = Base64.getDecoder().decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
    );

    TalkJourneyIT(Parley parley) {
        super(parley);
    }

    @Test
    void aMessageReachesWhoLooksAtTheRoom() {
        anna.opens(room);

        JsonNode sent = bert.posts("hi <script>", room);

        JsonNode received = anna.receives("hi <script>").within(TWO_SECONDS).data().path("message");
        assertThat(received).isEqualTo(sent);
        assertThat(anna.history(room)).containsExactly(sent);
        assertThat(sent.path("seq").asLong()).isEqualTo(1);
        assertThat(sent.path("user_id").asString()).isEqualTo(bert.id());
    }

    @Test
    void repliesFormAThread() {
        JsonNode question = anna.posts("Who waters the tomatoes?", room);
        bert.opens(room);

        JsonNode answer = anna.replies("Me, it seems", question, room);
        JsonNode more = anna.replies("Every day", answer, room);

        assertThat(answer.path("parent_id")).isEqualTo(question.path("id"));
        assertThat(more.path("parent_id")).isEqualTo(question.path("id"));
        bert.receives("Every day").within(TWO_SECONDS);
        assertThat(anna.history(room).getFirst().path("reply_count").asInt()).isEqualTo(2);
    }

    @Test
    void aRetriedMessageIsTheSameMessage() {
        anna.opens(room);

        JsonNode first = bert.tries("only once", "attempt-1", room).require(201);
        JsonNode second = bert.tries("only once", "attempt-1", room).require(200);
        bert.posts("the end", room);

        anna.receives("the end").within(TWO_SECONDS);
        assertThat(second.path("id")).isEqualTo(first.path("id"));
        assertThat(anna.history(room)).hasSize(2);
    }

    @Test
    void peopleSeeEachOtherComeAndGo() {
        // Somebody who has not been online before: whoever left a moment ago still is.
        Person carl = Person.signUp(parley, "Carl");
        Room balcony = anna.creates("balcony", carl);
        anna.opens(balcony);

        carl.opens(balcony);
        anna.hears("user.online", carl).within(TWO_SECONDS);
        assertThat(anna.presenceOf(carl).get(0).path("status").asString()).isEqualTo("online");

        carl.goes();
        JsonNode farewell = anna.hears("user.offline", carl).within(AFTER_GRACE).data();
        assertThat(farewell.path("last_seen_at").asString()).endsWith("Z");
        assertThat(anna.presenceOf(carl).get(0).path("status").asString()).isEqualTo("offline");
    }

    @Test
    void strangersSeeNothingOfEachOther() {
        Person stranger = Person.signUp(parley, "Stranger");

        assertThat(stranger.presenceOf(anna)).isEmpty();
        stranger.get(room.path()).require(404);
        stranger.get(room.path() + "/messages").require(404);
        stranger.mayJoin(room.channel()).require(403);
        stranger.close();
    }

    @Test
    void typingShowsAndEndsByItself() {
        anna.opens(room);
        bert.opens(room);

        bert.whispersTyping(room, true);

        anna.hears("typing.started", bert).within(TWO_SECONDS);
        anna.hears("typing.stopped", bert).within(AFTER_TYPING);
    }

    @Test
    void typingEndsWithTheMessage() {
        anna.opens(room);

        bert.types(room);
        anna.hears("typing.started", bert).within(TWO_SECONDS);
        bert.posts("there", room);

        anna.hears("typing.stopped", bert).within(TWO_SECONDS);
    }

    @Test
    void whoIsInTheRoomIsKnown() {
        String channel = "presence-chat." + room.id();
        anna.subscribes(channel).within(TWO_SECONDS);

        JsonNode people = bert.subscribes(channel).within(TWO_SECONDS).data().path("presence");

        assertThat(people.path("count").asInt()).isEqualTo(2);
        assertThat(people.path("ids").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder(
            anna.id(),
            bert.id()
        );
        assertThat(people.path("hash").path(anna.id()).path("name").asString()).isEqualTo("Anna");
        anna.hears("pusher_internal:member_added", bert).within(TWO_SECONDS);
        bert.goes();
        anna.hears("pusher_internal:member_removed", bert).within(AFTER_GRACE);
    }

    @Test
    void aRoomIsListedForItsMembersWithWhatIsUnread() {
        bert.posts("one", room);
        bert.posts("two", room);

        await()
            .atMost(TWO_SECONDS)
            .untilAsserted(() -> {
                JsonNode listed = anna.rooms().getFirst();
                assertThat(listed.path("id").asString()).isEqualTo(room.id());
                assertThat(listed.path("unread_count").asInt()).isEqualTo(2);
            });
        assertThat(bert.rooms().getFirst().path("unread_count").asInt()).isZero();
    }

    @Test
    void somebodyNewJoinsAndReadsOn() {
        Person carl = Person.signUp(parley, "Carl");
        bert.posts("before", room);
        carl.mayJoin(room.channel()).require(403);

        anna.adds(carl, room);
        carl.opens(room);
        bert.posts("after", room);

        carl.receives("after").within(TWO_SECONDS);
        assertThat(carl.history(room))
            .extracting(message -> message.path("content").asString())
            .containsExactly("before", "after");
        carl.close();
    }

    @Test
    void aPictureArrivesAsItWasSent() throws IOException, InterruptedException {
        anna.opens(room);
        JsonNode picture = bert.uploads("Tomäten.png", "application/octet-stream", PIXEL);

        bert.shares(picture, "look", room);

        JsonNode message = anna.receives("look").within(TWO_SECONDS).data().path("message");
        JsonNode attachment = message.path("attachments").get(0);
        assertThat(message.path("type").asString()).isEqualTo("file");
        assertThat(attachment.path("file_type").asString()).isEqualTo("image/png");
        assertThat(attachment.path("name").asString()).isEqualTo("Tomäten.png");
        HttpResponse<byte[]> download = download(attachment.path("url").asString());
        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(PIXEL);
        assertThat(download.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    /** Without a token: the address alone gives access. */
    private HttpResponse<byte[]> download(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(parley.url().resolve(address)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void theDoorServesTheClientAndWhatItNeedsToKnow() throws IOException, InterruptedException {
        HttpResponse<byte[]> page = download("/");
        JsonNode config = new Api(parley.url()).call("GET", "/api/config", null).require(200);

        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("<title>").contains("Parley");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(config.path("realtime").path("key").asString()).isEqualTo("parley-key");
    }

    @Test
    void everyAnswerNamesItsRequest() {
        Api.Answer own = anna.get("/api/users/me");
        Api.Answer refused = new Api(parley.url()).call("GET", "/api/users/me", null);

        assertThat(List.of(own.header("X-Request-Id"), refused.header("X-Request-Id"))).noneMatch(
            String::isBlank
        );
    }
}
