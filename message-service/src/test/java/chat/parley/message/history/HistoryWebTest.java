package chat.parley.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.room.RoomType;
import chat.parley.message.MessageWebTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

class HistoryWebTest extends MessageWebTest {

    private static final String PATH = "/api/chat/rooms/{room}/messages";

    @Test
    void pagesThroughAHistoryOfSeveralPages() {
        IntStream.rangeClosed(1, 130).forEach(i -> posted(anna, "m" + i));

        assertShows("", 81, 130, true, false);
        assertShows("?limit=100", 31, 130, true, false);
        assertShows("?limit=1000", 31, 130, true, false);
        assertShows("?before=66&limit=3", 63, 65, true, true);
        assertShows("?before=4", 1, 3, false, true);
        assertShows("?after=62&limit=4", 63, 66, true, true);
        assertShows("?after=128", 129, 130, true, false);
        assertShows("?after=0&limit=1", 1, 1, false, true);
        assertShows("?around=65&limit=3", 64, 66, true, true);
        assertShows("?around=130&limit=3", 128, 130, true, false);
        assertShows("?after=130", 131, 130, true, false);
        assertShows("?colour=blue&limit=1", 130, 130, true, false);
    }

    private void assertShows(String query, long from, long to, boolean hasBefore, boolean hasAfter) {
        var history = json(get(bert, PATH + query, room).expectStatus().isOk());

        assertThat(history.get("data"))
            .as(query)
            .extracting(message -> message.get("seq").asLong())
            .containsExactlyElementsOf(LongStream.rangeClosed(from, to).boxed().toList());
        assertThat(history.get("has_before").asBoolean()).as(query).isEqualTo(hasBefore);
        assertThat(history.get("has_after").asBoolean()).as(query).isEqualTo(hasAfter);
    }

    @Test
    void showsAnEmptyRoomAsEmpty() {
        assertShows("", 1, 0, false, false);
        assertShows("?around=5", 1, 0, false, false);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "?before=x",
            "?after=1.5",
            "?around=99999999999999999999",
            "?limit=0",
            "?limit=-1",
            "?limit=many",
            "?before=-1",
            "?before=1&after=1",
        }
    )
    void refusesPlacesThatCannotBe(String query) {
        assertProblem(get(anna, PATH + query, room), HttpStatus.BAD_REQUEST, "malformed_request");
    }

    @Test
    void showsAMessageToMembersOnly() {
        var message = posted(anna, "hi");
        var id = message.get("id").asString();
        var carl = rooms.user("carl");
        var open = rooms.room(RoomType.PUBLIC, anna);
        var inTheOpen = json(post(anna, open, java.util.Map.of("content", "x"))).get("id").asString();

        assertThat(json(get(bert, "/api/chat/messages/{id}", id))).isEqualTo(message);
        assertProblem(get(carl, "/api/chat/messages/{id}", id), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(get(carl, "/api/chat/messages/{id}", inTheOpen), HttpStatus.FORBIDDEN, "forbidden");
        assertProblem(get(carl, PATH, room), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(get(carl, PATH, open), HttpStatus.FORBIDDEN, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = { "nonsense", "AZkAABERciKDM0REVVVmZg.15", "AZkAABERciKDM0REVVVmZg.0" })
    void knowsNoMessageThatIsNotThere(String id) {
        assertProblem(get(anna, "/api/chat/messages/{id}", id), HttpStatus.NOT_FOUND, "not_found");
    }

    @Test
    void showsTheNewestOfTheCallersRooms() {
        posted(anna, "old");
        var newest = posted(anna, "new");
        var empty = rooms.room(RoomType.GROUP, anna);
        var foreign = rooms.room(RoomType.GROUP, bert);
        json(post(bert, foreign, java.util.Map.of("content", "secret")).expectStatus().isCreated());

        var answer = latest(Stream.of(empty, foreign, room, room, RoomId.random()).toList());

        assertThat(answer.get("data")).containsExactly(newest);
    }

    private JsonNode latest(List<RoomId> asked) {
        return json(get(anna, "/api/chat/messages/latest?room_ids=" + joined(asked)).expectStatus().isOk());
    }

    private static String joined(List<RoomId> asked) {
        return asked.stream().map(RoomId::toString).collect(Collectors.joining(","));
    }

    @Test
    void refusesTooManyRoomsAndRoomsThatCannotBe() {
        var crowd = joined(Stream.generate(RoomId::random).limit(101).toList());
        var path = "/api/chat/messages/latest";

        assertProblem(
            get(anna, path + "?room_ids=" + crowd),
            HttpStatus.UNPROCESSABLE_CONTENT,
            "validation_failed"
        );
        assertProblem(get(anna, path + "?room_ids=nonsense"), HttpStatus.BAD_REQUEST, "malformed_request");
        assertProblem(get(anna, path), HttpStatus.BAD_REQUEST, "malformed_request");
    }

    @Test
    void asksForASignIn() {
        assertProblem(
            anonymous().get().uri(PATH, room).exchange(),
            HttpStatus.UNAUTHORIZED,
            "unauthenticated"
        );
        assertProblem(
            as(anna).patch().uri(PATH, room).exchange(),
            HttpStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed"
        );
    }
}
