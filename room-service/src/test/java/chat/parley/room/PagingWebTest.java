package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Lists that change while somebody goes through them. */
@RoomServiceTest
class PagingWebTest {

    @Autowired
    private WebTestClient api;

    @RepeatedTest(5)
    void whoStaysIsOnThePagesExactlyOnceWhileOthersComeAndGo() {
        long seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("PagingWebTest: seed " + seed);
        Random random = new Random(seed);
        Person anna = Person.called("Anna", api);
        List<Person> steady = Person.called(api, "Steady", "Steady", "Steady", "Steady", "Steady", "Steady");
        List<Person> restless = Person.called(api, "Restless", "Restless", "Restless", "Restless");
        String room = anna.opens(
            "public",
            Stream.concat(steady.stream(), restless.stream()).toArray(Person[]::new)
        );
        List<String> seen = new ArrayList<>();
        String question =
            "/api/chat/rooms/" + room + "/members?limit=2" + (random.nextBoolean() ? "&q=stea" : "");
        String cursor = "";

        while (cursor != null) {
            JsonNode page = Person.json(anna.gets(question + cursor).expectStatus().isOk());
            seen.addAll(Person.each(page, "/user/id"));
            cursor = page.get("next_cursor").isNull()
                ? null
                : "&cursor=" + page.get("next_cursor").asString();
            Person mover = restless.get(random.nextInt(restless.size()));
            if (mover.sees(room).get("role").isNull()) {
                // Whoever comes is the last of the list: the pages would never end if somebody came for each.
                cursor = seen.size() > 40 ? null : cursor;
                mover.joins(room).expectStatus().isCreated();
            } else {
                mover.leaves(room).expectStatus().isNoContent();
            }
        }

        steady.forEach(person -> assertThat(seen).as("seed %d", seed).containsOnlyOnce(person.id()));
    }
}
