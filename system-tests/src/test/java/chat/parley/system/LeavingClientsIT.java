package chat.parley.system;

import static chat.parley.system.Place.HERE;
import static chat.parley.system.Place.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever is no longer in a room hears nothing more of it, on any device, though their pages stay open. */
@OnOneAndOnTwoNodes
class LeavingClientsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stage stage;
    private Person anna;
    private Person bert;
    private Room room;
    private Room other;
    private String channel;
    private List<EchoClient> ofAnna;
    private List<EchoClient> ofBert;

    LeavingClientsIT(Stage stage) {
        this.stage = stage;
    }

    @BeforeEach
    void meetOnAllDevices() {
        anna = Person.signUp(stage.parley(), "Anna");
        bert = Person.signUp(stage.parley(), "Bert");
        room = anna.creates("garden", bert);
        other = anna.creates("cellar", bert);
        channel = "chat." + room.id();
        ofAnna = pagesOf(anna);
        ofBert = pagesOf(bert);
    }

    private List<EchoClient> pagesOf(Person person) {
        return Stream.of(HERE, THERE)
            .map(place -> stage.opensPage(person, place))
            .map(page -> page.listens(channel, ".message.sent", ".room.deleted", ".member.removed"))
            .toList();
    }

    @AfterEach
    void part() {
        ofAnna.forEach(EchoClient::close);
        ofBert.forEach(EchoClient::close);
    }

    @Test
    void whoIsRemovedHearsNoMore() {
        anna.removes(bert, room);

        hearsNoMore();
    }

    @Test
    void whoLeavesHearsNoMore() {
        bert.removes(bert, room);

        hearsNoMore();
    }

    private void hearsNoMore() {
        // They hear of it themselves, and that is the last.
        ofBert.forEach(page -> page.hears(channel, ".member.removed").within(SOON));
        anna.posts("between us", room);
        ofAnna.forEach(page -> page.hears(channel, ".message.sent").within(SOON));
        // Whatever was on its way to their sockets is there before this.
        ofBert.forEach(page -> page.listens("chat." + other.id(), ".message.sent"));
        anna.posts("mark", other);
        ofBert.forEach(page -> page.hears("chat." + other.id(), ".message.sent").within(SOON));

        assertThat(ofBert).allSatisfy(page -> assertThat(page.heard(channel, ".message.sent")).isEmpty());
        ofBert.forEach(page -> {
            page.leaves(channel);
            assertThat(page.isRefused(channel).path("status").asInt()).isEqualTo(403);
        });
    }

    @Test
    void aDeletedRoomIsSilentForEverybody() {
        anna.calls("DELETE", room.path(), "1.1", Map.of()).require(204);

        Stream.of(ofAnna, ofBert)
            .flatMap(List::stream)
            .forEach(page -> {
                JsonNode deleted = page.hears(channel, ".room.deleted").within(SOON).data();
                assertThat(deleted.propertyNames()).containsExactly("room_id");
                page.leaves(channel);
                assertThat(page.isRefused(channel).path("status").asInt()).isEqualTo(403);
            });
    }

    @Test
    void whoComesBackHearsAgain() {
        anna.removes(bert, room);
        ofBert.forEach(page -> page.hears(channel, ".member.removed").within(SOON));
        anna.adds(bert, room);
        ofBert.forEach(page -> page.leaves(channel));

        ofBert.forEach(page -> page.listens(channel, ".message.sent"));
        anna.posts("welcome back", room);

        ofBert.forEach(page -> page.hears(channel, ".message.sent").within(SOON));
    }
}
