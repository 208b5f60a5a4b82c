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
class RoomsWebTest {

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
    void opensAGroupWithItsOpenerAsAdmin() {
        JsonNode room = Person.json(
            anna
                .posts(
                    "/api/chat/rooms",
                    Map.of(
                        "type",
                        "group",
                        "name",
                        " Tea ",
                        "topic",
                        "Leaves",
                        "member_ids",
                        List.of(bert.id(), anna.id())
                    )
                )
                .expectStatus()
                .isCreated()
        );

        assertThat(room.propertyNames()).containsExactly(
            "id",
            "name",
            "type",
            "topic",
            "avatar",
            "retention_days",
            "created_by",
            "created_at",
            "updated_at",
            "member_count",
            "role",
            "last_seq",
            "last_message_at",
            "last_read_seq",
            "last_read_at",
            "unread_count"
        );
        assertThat(room.get("name").asString()).isEqualTo("Tea");
        assertThat(room.get("role").asString()).isEqualTo("admin");
        assertThat(room.get("member_count").asInt()).isEqualTo(2);
        assertThat(room.get("created_by").asString()).isEqualTo(anna.id());
        assertThat(room).isEqualTo(anna.sees(room.get("id").asString()));
        assertThat(bert.sees(room.get("id").asString()).get("role").asString()).isEqualTo("member");
    }

    @Test
    void givesTwoPeopleOneDirectRoomFromWhicheverSideItIsOpened() {
        JsonNode first = Person.json(direct(anna, bert).expectStatus().isCreated());
        JsonNode again = Person.json(direct(bert, anna).expectStatus().isOk());

        assertThat(again.get("id")).isEqualTo(first.get("id"));
        assertThat(first.get("name").isNull()).isTrue();
        assertThat(again.get("member_count").asInt()).isEqualTo(2);
    }

    @Test
    void givesTwoPeopleOneDirectRoomAlsoWhenBothOpenItAtOnce() {
        List<JsonNode> rooms = Flux.range(0, 8)
            .flatMap(
                i ->
                    Flux.defer(() ->
                        Flux.just(Person.json(i % 2 == 0 ? direct(anna, bert) : direct(bert, anna)))
                    ).subscribeOn(Schedulers.boundedElastic()),
                8
            )
            .collectList()
            .block(Duration.ofSeconds(20));

        assertThat(rooms)
            .extracting(room -> room.get("id").asString())
            .containsOnly(rooms.getFirst().get("id").asString());
        assertThat(rooms).allMatch(room -> room.get("member_count").asInt() == 2);
        assertThat(Person.each(Person.json(anna.gets("/api/chat/rooms")), "/id")).hasSize(1);
    }

    @Test
    void bringsSomebodyBackWhoHasLeftTheDirectRoom() {
        String room = Person.json(direct(anna, bert)).get("id").asString();
        anna.leaves(room).expectStatus().isNoContent();
        Refusal.of(anna.gets("/api/chat/rooms/" + room), 404, "not_found");

        JsonNode back = Person.json(direct(anna, bert).expectStatus().isOk());

        assertThat(back.get("id").asString()).isEqualTo(room);
        assertThat(back.get("member_count").asInt()).isEqualTo(2);
    }

    @Test
    void refusesDirectRoomsOfOneOrThree() {
        Refusal.of(direct(anna), 422, "validation_failed");
        Refusal.of(direct(anna, anna), 422, "validation_failed");
        Refusal.of(direct(anna, bert, cleo), 422, "validation_failed");
    }

    @Test
    void hidesARoomFromThoseWhoAreNotInIt() {
        String room = anna.opens("group", bert);

        Refusal.of(cleo.gets("/api/chat/rooms/" + room), 404, "not_found");
        Refusal.of(cleo.puts("/api/chat/rooms/" + room, Map.of("name", "Mine")), 404, "not_found");
        Refusal.of(cleo.deletes("/api/chat/rooms/" + room), 404, "not_found");
        Refusal.of(cleo.gets("/api/chat/rooms/" + room + "/members"), 404, "not_found");
        Refusal.of(cleo.gets("/api/chat/rooms/" + room + "/reads"), 404, "not_found");
        Refusal.of(cleo.joins(room), 404, "not_found");
    }

    @Test
    void showsAPublicRoomToEveryoneAndItsMembersToMembers() {
        String room = anna.opens("public", bert);

        assertThat(cleo.sees(room).get("role").isNull()).isTrue();
        assertThat(cleo.sees(room).get("unread_count").asInt()).isZero();
        Refusal.of(cleo.gets("/api/chat/rooms/" + room + "/members"), 403, "forbidden");
        Refusal.of(cleo.gets("/api/chat/rooms/" + room + "/reads"), 403, "forbidden");
        Refusal.of(cleo.puts("/api/chat/rooms/" + room, Map.of("name", "Mine")), 403, "forbidden");
    }

    @Test
    void listsPublicRoomsThatCanBeJoinedByTheWordsOfTheirNames() {
        String word = "w" + Long.toString(System.nanoTime(), 36);
        String room = named("public", "Zoo " + word);
        named("group", "Secret " + word);

        assertThat(Person.each(listed(bert, word), "/id")).containsExactly(room);
        bert.joins(room).expectStatus().isCreated();
        assertThat(Person.each(listed(bert, word), "/id")).isEmpty();
        assertThat(Person.each(listed(cleo, "zoo " + word.substring(0, 6)), "/id")).contains(room);
    }

    @Test
    void pagesThroughPublicRoomsByName() {
        String word = "p" + Long.toString(System.nanoTime(), 36);
        String b = named("public", "B " + word);
        String c = named("public", "c " + word);
        String a = named("public", "\u00c4 " + word);

        JsonNode first = Person.json(bert.gets("/api/chat/rooms?scope=public&limit=2&q=" + word));
        JsonNode second = Person.json(
            bert.gets(
                "/api/chat/rooms?scope=public&limit=2&q=" +
                    word +
                    "&cursor=" +
                    first.get("next_cursor").asString()
            )
        );

        assertThat(Person.each(first, "/id")).containsExactly(a, b);
        assertThat(Person.each(second, "/id")).containsExactly(c);
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void pagesThroughMyRoomsTheLatestFirst() {
        String oldest = anna.opens("group");
        String middle = anna.opens("public");
        String newest = anna.opens("group", bert);

        JsonNode first = Person.json(anna.gets("/api/chat/rooms?limit=2"));
        JsonNode second = Person.json(
            anna.gets("/api/chat/rooms?limit=2&cursor=" + first.get("next_cursor").asString())
        );

        assertThat(Person.each(first, "/id")).containsExactly(newest, middle);
        assertThat(Person.each(second, "/id")).containsExactly(oldest);
        assertThat(first.at("/data/0")).isEqualTo(anna.sees(newest));
    }

    @Test
    void letsAdminsChangeARoomAndOnlyThem() {
        String room = anna.opens("group", bert);

        JsonNode changed = Person.json(
            anna.puts(
                "/api/chat/rooms/" + room,
                Map.of("name", "Coffee", "topic", "Beans", "retention_days", 30)
            )
        );
        JsonNode cleared = Person.json(
            anna.puts("/api/chat/rooms/" + room, "{\"topic\":null,\"retention_days\":null}")
        );

        assertThat(changed.get("name").asString()).isEqualTo("Coffee");
        assertThat(changed.get("retention_days").asInt()).isEqualTo(30);
        assertThat(cleared.get("name").asString()).isEqualTo("Coffee");
        assertThat(cleared.get("topic").isNull()).isTrue();
        assertThat(cleared.get("retention_days").isNull()).isTrue();
        assertThat(bert.sees(room).get("name").asString()).isEqualTo("Coffee");
        Refusal.of(bert.puts("/api/chat/rooms/" + room, Map.of("name", "Mine")), 403, "forbidden");
        Refusal.of(anna.puts("/api/chat/rooms/" + room, "{\"name\":null}"), 422, "validation_failed");
        Refusal.of(anna.puts("/api/chat/rooms/" + room, "{\"retention_days\":0}"), 422, "validation_failed");
    }

    @Test
    void findsAPublicRoomByItsNewName() {
        String word = "n" + Long.toString(System.nanoTime(), 36);
        String room = named("public", "Before");

        anna.puts("/api/chat/rooms/" + room, Map.of("name", "After " + word)).expectStatus().isOk();

        assertThat(Person.each(listed(bert, word), "/id")).containsExactly(room);
    }

    @Test
    void letsAdminsDeleteARoomAndOnlyThem() {
        String room = anna.opens("group", bert);

        Refusal.of(bert.deletes("/api/chat/rooms/" + room), 403, "forbidden");
        anna.deletes("/api/chat/rooms/" + room).expectStatus().isNoContent();

        Refusal.of(anna.gets("/api/chat/rooms/" + room), 404, "not_found");
        Refusal.of(anna.deletes("/api/chat/rooms/" + room), 404, "not_found");
        assertThat(Person.each(Person.json(bert.gets("/api/chat/rooms")), "/id")).isEmpty();
    }

    @Test
    void refusesToOpenARoomWithSomebodyWhoIsNobody() {
        for (String nobody : List.of("01980000-0000-7000-8000-000000000000", "not-an-id")) {
            Refusal.of(
                anna.posts(
                    "/api/chat/rooms",
                    Map.of("type", "group", "name", "X", "member_ids", List.of(nobody))
                ),
                422,
                "validation_failed"
            );
        }
        assertThat(Person.each(Person.json(anna.gets("/api/chat/rooms")), "/id")).isEmpty();
    }

    private String named(String type, String name) {
        return Person.json(
            anna.posts("/api/chat/rooms", Map.of("type", type, "name", name)).expectStatus().isCreated()
        )
            .get("id")
            .asString();
    }

    private static JsonNode listed(Person person, String words) {
        return Person.json(person.gets("/api/chat/rooms?scope=public&q=" + words));
    }

    private static WebTestClient.ResponseSpec direct(Person opener, Person... others) {
        return opener.posts(
            "/api/chat/rooms",
            Map.of(
                "type",
                "private",
                "member_ids",
                java.util.stream.Stream.of(others).map(Person::id).toList()
            )
        );
    }
}
