package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** CONTRACT.md, section 8, as pages with Laravel Echo live through it. */
@OnOneAndOnTwoNodes
class ChatClientsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(25);
    private static final String[] OF_A_ROOM = {
        ".message.sent",
        ".message.updated",
        ".message.deleted",
        ".message.read",
        ".reaction.added",
        ".reaction.removed",
        ".typing.started",
        ".typing.stopped",
        ".user.online",
        ".user.offline",
        ".room.updated",
        ".room.deleted",
        ".member.added",
        ".member.updated",
        ".member.removed",
    };
    private static final String[] OF_A_USER = { ".room.added", ".room.removed", ".mention", ".room.read" };

    private final Stage stage;
    private Person anna;
    private Person bert;
    private Room room;
    private String channel;
    private EchoClient ofAnna;
    private EchoClient ofBert;

    ChatClientsIT(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void meet() {
        anna = Person.signUp(stage.parley(), "Anna");
        bert = Person.signUp(stage.parley(), "Bert");
        room = anna.creates("balcony", bert);
        channel = "chat." + room.id();
        ofAnna = stage.opensPage(anna, HERE);
        ofBert = stage.opensPage(bert, THERE);
    }

    @AfterEach
    void part() {
        ofAnna.close();
        ofBert.close();
    }

    @Test
    void whatBecomesOfAMessageIsHeardByEverybody() {
        ofAnna.listens(channel, OF_A_ROOM);
        ofBert.listens(channel, OF_A_ROOM);

        JsonNode message = bert.posts("Anybody here?", room);
        anna.edits(anna.posts("Me!", room), "Me, and you!");
        anna.reacts("👍", message);
        anna.takesBack("👍", message);
        anna.post("/api/chat/messages/" + message.path("id").asString() + "/read", Map.of()).require(204);
        bert.deletes(message);

        for (EchoClient page : List.of(ofAnna, ofBert)) {
            JsonNode sent = page.hears(channel, ".message.sent").within(SOON).data();
            has(sent, "message");
            assertThat(sent.path("message").propertyNames()).containsExactlyInAnyOrderElementsOf(
                message.propertyNames()
            );
            assertThat(sent.path("message").path("content").asString()).isEqualTo("Anybody here?");
            JsonNode updated = page.hears(channel, ".message.updated").within(SOON).data();
            assertThat(updated.path("message").path("content").asString()).isEqualTo("Me, and you!");
            JsonNode added = page.hears(channel, ".reaction.added").within(SOON).data();
            has(added, "message_id", "room_id", "user_id", "reaction_type", "count");
            assertThat(added.path("count").asInt()).isOne();
            JsonNode removed = page.hears(channel, ".reaction.removed").within(SOON).data();
            has(removed, "message_id", "room_id", "user_id", "reaction_type", "count");
            assertThat(removed.path("count").asInt()).isZero();
            JsonNode read = page.hears(channel, ".message.read").within(SOON).data();
            has(read, "message_id", "room_id", "seq", "user_id");
            assertThat(read.path("user_id").asString()).isEqualTo(anna.id());
            JsonNode deleted = page.hears(channel, ".message.deleted").within(SOON).data();
            has(deleted, "message_id", "room_id", "seq", "user_id");
            assertThat(deleted.path("message_id")).isEqualTo(message.path("id"));
        }
    }

    private static void has(JsonNode data, String... names) {
        assertThat(data.propertyNames()).containsExactlyInAnyOrder(names);
    }

    @Test
    void whatBecomesOfARoomIsHeardByItsMembersAndByThoseItConcerns() {
        Person carl = Person.signUp(stage.parley(), "Carl");
        EchoClient ofCarl = stage.opensPage(carl, THERE);
        ofCarl.listens("user." + carl.id(), OF_A_USER);
        ofAnna.listens(channel, OF_A_ROOM);
        String members = room.path() + "/members";

        anna.adds(carl, room);
        JsonNode added = ofAnna.hears(channel, ".member.added").within(SOON).data();
        JsonNode ownRoom = ofCarl.hears("user." + carl.id(), ".room.added").within(SOON).data();
        ofCarl.listens(channel, OF_A_ROOM);
        anna.calls("PUT", members + "/" + carl.id(), "1.1", Map.of("role", "admin")).require(200);
        JsonNode updated = ofAnna.hears(channel, ".member.updated").within(SOON).data();
        anna.calls("PUT", room.path(), "1.1", Map.of("topic", "Weather")).require(200);
        JsonNode changed = ofCarl.hears(channel, ".room.updated").within(SOON).data();
        carl.posts("Hello @" + carl.username(), room);
        anna.posts("Welcome @" + carl.username(), room);
        JsonNode mention = ofCarl.hears("user." + carl.id(), ".mention").within(SOON).data();
        anna.removes(carl, room);
        JsonNode removed = ofAnna.hears(channel, ".member.removed").within(SOON).data();
        JsonNode lost = ofCarl.hears("user." + carl.id(), ".room.removed").within(SOON).data();

        has(added, "room_id", "member");
        assertThat(added.path("member").path("user").path("name").asString()).isEqualTo("Carl");
        has(ownRoom, "room");
        assertThat(ownRoom.path("room").path("name").asString()).isEqualTo("balcony");
        assertThat(ownRoom.path("room").path("role").asString()).isEqualTo("member");
        has(updated, "room_id", "member");
        assertThat(updated.path("member").path("role").asString()).isEqualTo("admin");
        has(changed, "room");
        assertThat(changed.path("room").path("topic").asString()).isEqualTo("Weather");
        has(mention, "message");
        assertThat(mention.path("message").path("content").asString()).startsWith("Welcome");
        has(removed, "room_id", "user_id");
        assertThat(removed.path("user_id").asString()).isEqualTo(carl.id());
        has(lost, "room_id");
        ofCarl.close();
    }

    @Test
    void whatIsReadOnOneDeviceIsReadOnTheOther() {
        EchoClient other = stage.opensPage(anna, THERE);
        other.listens("user." + anna.id(), OF_A_USER);
        JsonNode message = bert.posts("Read me", room);

        anna.post("/api/chat/messages/" + message.path("id").asString() + "/read", Map.of()).require(204);

        JsonNode read = other.hears("user." + anna.id(), ".room.read").within(SOON).data();
        has(read, "room_id", "last_read_seq", "unread_count");
        assertThat(read.path("last_read_seq").asInt()).isOne();
        assertThat(read.path("unread_count").asInt(-1)).isZero();
        other.close();
    }

    @Test
    void aRoomsMessagesComeInTheOrderOfTheirSeqWithoutAGap() {
        ofAnna.listens(channel, ".message.sent");
        ofBert.listens(channel, ".message.sent");
        int each = Parley.SENDING_BURST / 2;

        List.of(anna, bert)
            .parallelStream()
            .forEach(person ->
                IntStream.range(0, each).forEach(number -> person.posts("No. " + number, room))
            );

        for (EchoClient page : List.of(ofAnna, ofBert)) {
            await("all of them")
                .atMost(SOON)
                .until(() -> page.heard(channel, ".message.sent").size() >= 2 * each);
            assertThat(
                page.heard(channel, ".message.sent").stream().map(ChatClientsIT::seq).distinct()
            ).isEqualTo(LongStream.rangeClosed(1, 2L * each).boxed().toList());
        }
    }

    private static long seq(JsonNode sent) {
        return sent.path("message").path("seq").asLong();
    }

    @Test
    void aPageDoesNotHearWhatItPostsItself() {
        EchoClient second = stage.opensPage(anna, THERE);
        List.of(ofAnna, second, ofBert).forEach(page -> page.listens(channel, ".message.sent"));

        ofAnna.posts(room.path() + "/messages", Map.of("content", "from the first page"));
        second.posts(room.path() + "/messages", Map.of("content", "from the second"));
        bert.posts("from Bert", room);
        List.of(ofAnna, second, ofBert).forEach(page ->
            page.hears(channel, ".message.sent", data -> seq(data) == 3).within(SOON)
        );

        assertThat(seqs(ofAnna)).containsExactly(2L, 3L);
        assertThat(seqs(second)).containsExactly(1L, 3L);
        assertThat(seqs(ofBert)).containsExactly(1L, 2L, 3L);
        second.close();
    }

    private List<Long> seqs(EchoClient page) {
        return page.heard(channel, ".message.sent").stream().map(ChatClientsIT::seq).distinct().toList();
    }

    @Test
    void whispersReachTheOthersAndTypingIsSeenByAll() {
        ofAnna.listens(channel, OF_A_ROOM).listensForWhispers(channel, "typing");
        ofBert.listens(channel, OF_A_ROOM).listensForWhispers(channel, "typing");

        ofBert.whispers(channel, "typing", Map.of("typing", true));

        ofAnna.hears(channel, "whisper typing").within(SOON);
        JsonNode started = ofAnna.hears(channel, ".typing.started").within(SOON).data();
        has(started, "room_id", "user_id");
        assertThat(started.path("user_id").asString()).isEqualTo(bert.id());
        has(ofAnna.hears(channel, ".typing.stopped").within(SOON).data(), "room_id", "user_id");
        assertThat(ofBert.heard(channel, "whisper typing")).isEmpty();
    }

    @Test
    void everybodySeesWhoIsInTheRoom() {
        JsonNode alone = ofAnna.joins(channel);
        JsonNode both = ofBert.joins(channel);
        JsonNode joining = ofAnna.hears(channel, "joining").within(SOON).data();
        EchoClient tab = stage.opensPage(bert, HERE);
        tab.joins(channel);
        tab.leaves(channel);
        ofBert.leaves(channel);
        JsonNode leaving = ofAnna.hears(channel, "leaving").within(AFTER_GRACE).data();

        assertThat(alone).hasSize(1);
        has(alone.get(0), "id", "name", "avatar");
        assertThat(both.valueStream().map(person -> person.path("id").asString())).containsExactlyInAnyOrder(
            anna.id(),
            bert.id()
        );
        assertThat(joining.path("name").asString()).isEqualTo("Bert");
        assertThat(leaving.path("id").asString()).isEqualTo(bert.id());
        assertThat(ofAnna.heard(channel, "joining")).hasSize(1);
        assertThat(ofAnna.heard(channel, "leaving")).hasSize(1);
        tab.close();
    }

    @Test
    void peopleComeOnlineAndGo() {
        ofAnna.listens(channel, OF_A_ROOM);
        ofBert.listens("user." + bert.id(), OF_A_USER);

        has(online(ofAnna, bert), "user_id");
        ofBert.close();

        has(
            ofAnna
                .hears(channel, ".user.offline", data -> isOf(data, bert))
                .within(AFTER_GRACE)
                .data(),
            "user_id",
            "last_seen_at"
        );
        ofBert = stage.opensPage(bert, HERE);
    }

    private JsonNode online(EchoClient page, Person person) {
        return page
            .hears(channel, ".user.online", data -> isOf(data, person))
            .within(SOON)
            .data();
    }

    private static boolean isOf(JsonNode data, Person person) {
        return data.path("user_id").asString().equals(person.id());
    }

    @Test
    void notificationsOfOtherServersReachTheirUser() {
        String own = "user." + bert.id();
        ofBert.listens(own).listensForNotifications(own);

        stage
            .server(TestedApp.CHAT)
            .triggers(
                "private-" + own,
                "Illuminate\\Notifications\\Events\\BroadcastNotificationCreated",
                Map.of("type", "Invoice", "amount", 7)
            );

        assertThat(ofBert.hears(own, "notification").within(SOON).data().path("amount").asInt()).isEqualTo(7);
    }

    @Test
    void aPageSignsInAsItsUser() {
        JsonNode success = ofBert.signsIn();
        // The library subscribes to what is sent to its user before this.
        ofBert.listens(channel);

        stage.server(TestedApp.CHAT).sendsToUser(bert.id(), "parcel", Map.of("is", "here"));

        JsonNode user = Api.JSON.readTree(success.path("user_data").asString());
        assertThat(user.path("id").asString()).isEqualTo(bert.id());
        assertThat(user.path("user_info").path("name").asString()).isEqualTo("Bert");
        assertThat(ofBert.hears("user", "parcel").within(SOON).data().path("is").asString()).isEqualTo(
            "here"
        );
    }

    @Test
    void strangersAreToldThatTheyMayNot() {
        Person stranger = Person.signUp(stage.parley(), "Stranger");
        EchoClient page = stage.opensPage(stranger, THERE);

        JsonNode ofRoom = page.isRefused(channel);
        JsonNode ofUser = page.isRefused("user." + anna.id());

        for (JsonNode error : List.of(ofRoom, ofUser)) {
            assertThat(error.path("type").asString()).isEqualTo("AuthError");
            assertThat(error.path("status").asInt()).isEqualTo(403);
        }
        page.close();
    }
}
