package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

@RoomServiceTest
class MembersWebTest {

    @Autowired
    private WebTestClient api;

    private Person anna;
    private Person bert;
    private Person cleo;

    @BeforeEach
    void threePeople() {
        List<Person> people = Person.called(api, "Anna", "Bert", "Cleo");
        anna = people.get(0);
        bert = people.get(1);
        cleo = people.get(2);
    }

    @Test
    void addsMembersByAdminsOnly() {
        String room = anna.opens("group", bert);

        Refusal.of(bert.adds(cleo, room), 403, "forbidden");
        JsonNode member = Person.json(anna.adds(cleo, room).expectStatus().isCreated());

        assertThat(member.at("/user/id").asString()).isEqualTo(cleo.id());
        assertThat(member.propertyNames()).containsExactlyInAnyOrder(
            "user",
            "role",
            "joined_at",
            "last_read_seq",
            "last_read_at"
        );
        assertThat(cleo.sees(room).get("member_count").asInt()).isEqualTo(3);
        Refusal.of(anna.adds(cleo, room), 409, "already_member");
        Refusal.of(cleo.joins(room), 409, "already_member");
    }

    @Test
    void letsAnyoneJoinAPublicRoomAsAPlainMember() {
        String room = anna.opens("public");

        Refusal.of(
            bert.posts("/api/chat/rooms/" + room + "/members", Map.of("user_id", bert.id(), "role", "admin")),
            403,
            "forbidden"
        );
        Refusal.of(bert.adds(cleo, room), 403, "forbidden");
        assertThat(Person.json(bert.joins(room).expectStatus().isCreated()).get("role").asString()).isEqualTo(
            "member"
        );
        assertThat(bert.sees(room).get("role").asString()).isEqualTo("member");
    }

    @Test
    void countsEveryMemberOnceWhenManyJoinAtOnce() {
        String room = anna.opens("public");
        List<Person> crowd = Person.called(api, "P1", "P2", "P3", "P4", "P5", "P6");

        Flux.fromIterable(crowd)
            .flatMap(
                person ->
                    Flux.defer(() -> {
                        person.joins(room).expectStatus().isCreated();
                        return Flux.just(person);
                    }).subscribeOn(Schedulers.boundedElastic()),
                6
            )
            .blockLast(Duration.ofSeconds(20));

        assertThat(anna.sees(room).get("member_count").asInt()).isEqualTo(7);
        assertThat(Person.each(members(anna, room, ""), "/user/id")).hasSize(7);
    }

    @Test
    void pagesThroughMembersInTheOrderOfTheirComing() {
        String room = anna.opens("group");
        anna.adds(bert, room).expectStatus().isCreated();
        anna.adds(cleo, room).expectStatus().isCreated();

        JsonNode first = members(anna, room, "?limit=2");
        JsonNode second = members(anna, room, "?limit=2&cursor=" + first.get("next_cursor").asString());

        assertThat(Person.each(first, "/user/id")).containsExactly(anna.id(), bert.id());
        assertThat(Person.each(second, "/user/id")).containsExactly(cleo.id());
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void findsMembersByTheBeginningsOfTheirNames() {
        String room = anna.opens("group", bert, cleo);

        assertThat(Person.each(members(anna, room, "?q=cle"), "/user/id")).containsExactly(cleo.id());
        assertThat(Person.each(members(anna, room, "?q=leo"), "/user/id")).isEmpty();
        assertThat(Person.each(members(anna, room, "?q=!"), "/user/id")).isEmpty();
        assertThat(Person.each(members(anna, room, "?q="), "/user/id")).hasSize(3);
    }

    @Test
    void letsAdminsMakeAdmins() {
        String room = anna.opens("group", bert, cleo);

        Refusal.of(bert.makes(bert, "admin", room), 403, "forbidden");
        JsonNode promoted = Person.json(anna.makes(bert, "admin", room).expectStatus().isOk());

        assertThat(promoted.get("role").asString()).isEqualTo("admin");
        bert.removes(cleo, room).expectStatus().isNoContent();
        anna.makes(anna, "member", room).expectStatus().isOk();
        Refusal.of(bert.makes(cleo, "admin", room), 404, "not_found");
    }

    @Test
    void keepsAtLeastOneAdmin() {
        String room = anna.opens("group", bert);

        Refusal.of(anna.makes(anna, "member", room), 409, "last_admin");
        Refusal.of(anna.leaves(room), 409, "last_admin");

        bert.leaves(room).expectStatus().isNoContent();
        anna.leaves(room).expectStatus().isNoContent();
    }

    @Test
    void keepsAtLeastOneAdminAlsoWhenAllOfThemLeaveAtOnce() {
        String room = anna.opens("group", bert, cleo);
        anna.makes(bert, "admin", room).expectStatus().isOk();

        List<Integer> statuses = Flux.just(anna, bert)
            .flatMap(
                person ->
                    Flux.defer(() ->
                        Flux.just(person.leaves(room).returnResult(Void.class).getStatus().value())
                    ).subscribeOn(Schedulers.boundedElastic()),
                2
            )
            .collectList()
            .block(Duration.ofSeconds(20));

        assertThat(statuses).containsExactlyInAnyOrder(204, 409);
        assertThat(Person.each(members(cleo, room, ""), "/role")).containsOnlyOnce("admin");
    }

    @Test
    void endsAGroupWithItsLastMember() {
        String room = anna.opens("group");

        anna.leaves(room).expectStatus().isNoContent();

        Refusal.of(anna.gets("/api/chat/rooms/" + room), 404, "not_found");
    }

    @Test
    void handsAnEmptyPublicRoomToWhoComesNext() {
        String room = anna.opens("public");
        anna.leaves(room).expectStatus().isNoContent();

        assertThat(Person.json(bert.joins(room).expectStatus().isCreated()).get("role").asString()).isEqualTo(
            "admin"
        );
        assertThat(bert.sees(room).get("member_count").asInt()).isEqualTo(1);
    }

    @Test
    void removesMembersByAdminsOnly() {
        String room = anna.opens("group", bert, cleo);

        Refusal.of(bert.removes(cleo, room), 403, "forbidden");
        anna.removes(bert, room).expectStatus().isNoContent();

        Refusal.of(bert.gets("/api/chat/rooms/" + room), 404, "not_found");
        Refusal.of(anna.removes(bert, room), 404, "not_found");
        assertThat(anna.sees(room).get("member_count").asInt()).isEqualTo(2);
    }

    @Test
    void keepsADirectConversationBetweenItsTwo() {
        String room = anna.opens("private", bert);

        Refusal.of(anna.adds(cleo, room), 409, "direct_room");
        Refusal.of(anna.removes(bert, room), 409, "direct_room");
        Refusal.of(anna.makes(bert, "member", room), 409, "direct_room");
    }

    @Test
    void refusesToAddSomebodyWhoIsNobody() {
        String room = anna.opens("group");

        Refusal.of(
            anna.posts(
                "/api/chat/rooms/" + room + "/members",
                Map.of("user_id", "01980000-0000-7000-8000-000000000000")
            ),
            422,
            "validation_failed"
        );
    }

    private static JsonNode members(Person person, String room, String query) {
        return Person.json(person.gets("/api/chat/rooms/" + room + "/members" + query).expectStatus().isOk());
    }
}
