package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.rooms.RoomsClient.RoomIds;
import chat.parley.service.rooms.RoomsClient.UserIds;
import chat.parley.service.rooms.RoomsClient.Usernames;
import chat.parley.service.security.ServiceTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What {@link chat.parley.service.rooms.RoomsClient} asks. */
@RoomServiceTest
class InternalWebTest {

    private static final ParameterizedTypeReference<Map<String, UserId>> IDS_BY_NAME =
        new ParameterizedTypeReference<>() {};

    @Autowired
    private WebTestClient api;

    @Autowired
    private ServiceTokens tokens;

    @Autowired
    private DatabaseClient database;

    private Person anna;
    private Person bert;
    private Person cleo;
    private String room;

    @BeforeEach
    void twoPeopleInARoomAndOneOutside() {
        List<Person> people = Person.called(api, "Anna", "Bert", "Cleo");
        anna = people.get(0);
        bert = people.get(1);
        cleo = people.get(2);
        room = anna.opens("group", bert);
    }

    @Test
    void tellsWhatSomebodyIsInARoom() {
        Membership admin = membership(room, anna);
        Membership member = membership(room, bert);
        Membership stranger = membership(room, cleo);

        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        assertThat(admin.user().username()).isEqualTo(anna.username());
        assertThat(member.role()).isEqualTo(Role.MEMBER);
        assertThat(stranger.role()).isNull();
        assertThat(stranger.user()).isNull();
        assertThat(stranger.roomType()).isEqualTo(RoomType.GROUP);
    }

    @Test
    void tellsThatThereIsNoSuchRoom() {
        assertThat(membership(RoomId.random().toString(), anna).roomType()).isNull();
    }

    @Test
    void tellsWhoSomebodyIs() {
        get("/internal/users/" + anna.id())
            .expectStatus()
            .isOk()
            .expectBody()
            .jsonPath("$.username")
            .isEqualTo(anna.username());
        Refusal.of(get("/internal/users/" + UserId.random()), 404, "not_found");
    }

    @Test
    void tellsWhichRoomsSomebodyIsIn() {
        String another = anna.opens("public");

        assertThat(rooms(anna)).containsExactlyInAnyOrder(RoomId.of(room), RoomId.of(another));
        assertThat(rooms(cleo)).isEmpty();
    }

    @Test
    void tellsWhichRoomsSomebodyInThousandsIsInPageByPage() {
        database
            .sql(
                """
                WITH made AS (
                    INSERT INTO rooms (id, type, name, created_at, updated_at, search, sort_name)
                    SELECT gen_random_uuid(), 'group', 'many', now(), now(), ''::tsvector, 'many'
                    FROM generate_series(1, 12000) RETURNING id
                )
                INSERT INTO members (room_id, user_id, role, joined_at)
                SELECT id, :user, 'admin', now() FROM made
                """
            )
            .bind("user", cleo.userId().value())
            .then()
            .block(Duration.ofSeconds(20));

        assertThat(rooms(cleo)).hasSize(12_000).doesNotHaveDuplicates();
    }

    @Test
    void tellsWhoShareARoom() {
        UserIds candidates = new UserIds(List.of(bert.userId(), cleo.userId(), anna.userId()));

        List<UserId> known = post("/internal/users/" + anna.id() + "/acquaintances", candidates)
            .expectBody(UserIds.class)
            .returnResult()
            .getResponseBody()
            .userIds();

        assertThat(known).containsExactlyInAnyOrder(anna.userId(), bert.userId());
    }

    @Test
    void findsTheMembersThatAMessageNames() {
        Usernames usernames = new Usernames(List.of(bert.username(), cleo.username(), "nobody", "nul\u0000"));

        Map<String, UserId> mentioned = post("/internal/rooms/" + room + "/mentioned", usernames)
            .expectBody(IDS_BY_NAME)
            .returnResult()
            .getResponseBody();

        assertThat(mentioned).containsExactlyEntriesOf(Map.of(bert.username(), bert.userId()));
    }

    @Test
    void countsEveryMemberAsNamedByAll() {
        Map<String, UserId> mentioned = post(
            "/internal/rooms/" + room + "/mentioned",
            new Usernames(List.of("all"))
        )
            .expectBody(IDS_BY_NAME)
            .returnResult()
            .getResponseBody();

        assertThat(mentioned).containsOnlyKeys(anna.username(), bert.username());
    }

    private Membership membership(String inRoom, Person person) {
        return get("/internal/rooms/" + inRoom + "/members/" + person.id())
            .expectStatus()
            .isOk()
            .expectBody(Membership.class)
            .returnResult()
            .getResponseBody();
    }

    private List<RoomId> rooms(Person person) {
        List<RoomId> all = new ArrayList<>();
        RoomIds page = page("/internal/users/" + person.id() + "/rooms");
        all.addAll(page.roomIds());
        while (page.next() != null) {
            page = page("/internal/users/" + person.id() + "/rooms?after=" + page.next());
            all.addAll(page.roomIds());
        }
        return all;
    }

    private RoomIds page(String path) {
        return get(path).expectBody(RoomIds.class).returnResult().getResponseBody();
    }

    private WebTestClient.ResponseSpec get(String path) {
        return api
            .get()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .exchange();
    }

    private WebTestClient.ResponseSpec post(String path, Object body) {
        return api
            .post()
            .uri(path)
            .headers(headers -> headers.setBearerAuth(tokens.current()))
            .bodyValue(body)
            .exchange();
    }
}
