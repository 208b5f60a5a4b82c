package chat.parley.room.imports;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.RoomServiceTest;
import chat.parley.service.security.ServiceTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RoomServiceTest
class ImportsWebTest {

    private final String source = "source-" + UUID.randomUUID();
    private final String word = "n" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private WebTestClient api;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private DatabaseClient database;

    private String operator;

    @BeforeEach
    void somebodyWhoAnswersForTheImport() {
        operator = "op-" + word;
        api
            .post()
            .uri("/api/auth/register")
            .bodyValue(Map.of("username", operator, "name", "Op", "password", "correct-horse-battery"))
            .exchange()
            .expectStatus()
            .isCreated();
    }

    @Test
    void makesPeopleOnceAndTellsNamesakesApart() {
        List<Map<String, Object>> people = List.of(
            person("|" + word + "|"),
            person(word),
            person(word + "_")
        );

        JsonNode first = call("/people", Map.of("people", people)).path("people");
        JsonNode again = call("/people", Map.of("people", people)).path("people");

        assertThat(first.findValuesAsString("username")).containsExactly(word, word + "-2", word + "-3");
        assertThat(first.findValuesAsString("user_id")).allMatch(id -> UUID.fromString(id).version() == 7);
        assertThat(again).isEqualTo(first);
        assertThat(count("SELECT count(*) FROM users WHERE username LIKE '" + word + "%'")).isEqualTo(3);
    }

    @Test
    void nobodySignsInAsSomebodyImported() {
        call("/people", Map.of("people", List.of(person(word))));

        for (String password : List.of("", "correct-horse-battery")) {
            api
                .post()
                .uri("/api/auth/login")
                .bodyValue(Map.of("username", word, "password", password))
                .exchange()
                .expectStatus()
                .value(status -> assertThat(status).isIn(401, 422));
        }
    }

    @Test
    void findsInSomebodyAUserWhoIsThere() {
        Map<String, Object> person = new HashMap<>(person("far-away"));
        person.put("user", operator);

        JsonNode people = call("/people", Map.of("people", List.of(person))).path("people");

        assertThat(people.get(0).path("username").asString()).isEqualTo(operator);
        person.put("user", "nobody-" + word);
        person.put("external_id", "another");
        post("/people", Map.of("people", List.of(person))).expectStatus().isEqualTo(422);
    }

    @Test
    void takesManyPeopleWithTheSameNameAtOnce() {
        List<Map<String, Object>> people = new ArrayList<>();
        IntStream.range(0, 300).forEach(n -> people.add(person(word + "|".repeat(n % 150) + n / 150 + "")));

        JsonNode made = call("/people", Map.of("people", people)).path("people");

        assertThat(made.findValuesAsString("user_id")).doesNotHaveDuplicates().hasSize(300);
        assertThat(made.findValuesAsString("username")).doesNotHaveDuplicates();
    }

    @Test
    void makesARoomOnceWithItsTimeAndItsAdmin() {
        Map<String, Object> room = room("#ubuntu", "public");

        JsonNode first = call("/rooms", room);
        JsonNode again = call("/rooms", room);

        assertThat(again).isEqualTo(first);
        String id = first.path("room_id").asString();
        assertThat(
            count("SELECT count(*) FROM rooms WHERE id = '" + id + "' AND created_at = '2004-11-15'")
        ).isEqualTo(1);
        assertThat(
            count(
                "SELECT count(*) FROM members m JOIN users u ON u.id = m.user_id WHERE m.room_id = '" +
                    id +
                    "' AND m.role = 'admin' AND u.username = '" +
                    operator +
                    "'"
            )
        ).isEqualTo(1);
        assertThat(
            count("SELECT count(*) FROM audit_log WHERE action = 'room_created' AND room_id = '" + id + "'")
        ).isEqualTo(1);
    }

    @Test
    void keepsTheOperatorOutOfAConversationOfTwo() {
        JsonNode people = call(
            "/people",
            Map.of("people", List.of(person(word + "1"), person(word + "2")))
        ).path("people");
        Map<String, Object> direct = new HashMap<>(room("D1", "private"));
        direct.put("admin_ids", people.findValuesAsString("user_id"));

        String id = call("/rooms", direct).path("room_id").asString();
        direct.put("external_id", "D2");
        String same = call("/rooms", direct).path("room_id").asString();

        assertThat(same).isEqualTo(id);
        assertThat(count("SELECT count(*) FROM members WHERE room_id = '" + id + "'")).isEqualTo(2);
        assertThat(
            count(
                "SELECT count(*) FROM members m JOIN users u ON u.id = m.user_id WHERE m.room_id = '" +
                    id +
                    "' AND u.username = '" +
                    operator +
                    "'"
            )
        ).isZero();
    }

    @Test
    void admitsPeopleOnceAndWritesItDown() {
        JsonNode people = call(
            "/people",
            Map.of("people", List.of(person(word + "1"), person(word + "2")))
        ).path("people");
        JsonNode room = call("/rooms", room("R", "group"));
        String members = "/rooms/" + room.path("room_id").asString() + "/members";
        Map<String, Object> admission = Map.of(
            "actor_id",
            room.path("actor_id").asString(),
            "user_ids",
            people.findValuesAsString("user_id")
        );

        assertThat(call(members, admission).path("added").asInt()).isEqualTo(2);
        assertThat(call(members, admission).path("added").asInt()).isZero();

        String id = room.path("room_id").asString();
        assertThat(count("SELECT member_count FROM rooms WHERE id = '" + id + "'")).isEqualTo(3);
        assertThat(
            count("SELECT count(*) FROM audit_log WHERE action = 'member_added' AND room_id = '" + id + "'")
        ).isEqualTo(2);
    }

    @Test
    void refusesAnOperatorWhoIsNobody() {
        Map<String, Object> room = new HashMap<>(room("R", "public"));
        room.put("actor", "nobody-" + word);

        post("/rooms", room).expectStatus().isEqualTo(422);
    }

    @Test
    void isNothingForUsersOfThePublicCalls() {
        api
            .post()
            .uri("/internal/imports/" + source + "/people")
            .bodyValue(Map.of("people", List.of(person("x"))))
            .exchange()
            .expectStatus()
            .isUnauthorized();
    }

    private static Map<String, Object> person(String nickname) {
        return Map.of("external_id", nickname, "name", nickname);
    }

    private Map<String, Object> room(String externalId, String type) {
        return Map.of(
            "external_id",
            externalId,
            "type",
            type,
            "name",
            "ubuntu " + word,
            "created_at",
            "2004-11-15T00:00:00Z",
            "actor",
            operator
        );
    }

    private JsonNode call(String path, Object body) {
        byte[] answer = post(path, body)
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBodyContent();
        return JsonMapper.shared().readTree(answer);
    }

    private WebTestClient.ResponseSpec post(String path, Object body) {
        return api
            .post()
            .uri("/internal/imports/" + source + path)
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .bodyValue(body)
            .exchange();
    }

    private long count(String sql) {
        return database
            .sql(sql)
            .map(row -> ((Number) row.get(0)).longValue())
            .one()
            .block();
    }
}
