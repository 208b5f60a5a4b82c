package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.testing.rooms.FakeRooms;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * People talk on three instances of the service at once, over HTTP, while one instance after the other dies or is
 * replaced. What each was told holds, at once and on every instance; and what somebody knows in the end who has
 * only listened is what the history says.
 */
class ModelStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PEOPLE = 8;
    private static final int ROOMS = 2;
    private static final int ACTS = Integer.getInteger("parley.model.acts", 60);
    private static final int ENDS = Integer.getInteger("parley.model.ends", 3);

    private final long seed = Long.getLong("parley.model.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final AtomicInteger done = new AtomicInteger();
    private final FakeRooms people = FakeRooms.start();
    private final FakeMedia media = new FakeMedia();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService talking = Executors.newFixedThreadPool(PEOPLE);
    private final Fleet fleet = new Fleet("model-" + UUID.randomUUID(), people, media);

    @AfterEach
    void end() {
        talking.shutdownNow();
        fleet.close();
        http.close();
        people.stop();
    }

    @Test
    void everybodyReadsAndHearsTheSameWhoeverDies() throws Exception {
        System.out.printf("model: -Dparley.model.seed=%d%n", seed);
        try (var log = new RecordedTopic()) {
            var users = IntStream.range(0, PEOPLE)
                .mapToObj(i -> people.user("user" + i))
                .toList();
            var rooms = rooms(users);

            var talks = talk(users, rooms);
            someInstancesEnd(talks);
            for (var talk : talks) {
                finish(talk);
            }

            await().atMost(PATIENCE).until(fleet::isAllPaid);
            assertThat(fleet.owed()).isZero();
            for (var room : rooms) {
                check(room, log);
            }
        }
    }

    private List<RoomModel> rooms(List<UserId> users) {
        return IntStream.range(0, ROOMS)
            .mapToObj(i -> users.get(i))
            .map(admin -> {
                var id = people.room(RoomType.GROUP, admin);
                users
                    .stream()
                    .filter(user -> !user.equals(admin))
                    .forEach(user -> people.join(id, user, Role.MEMBER));
                return new RoomModel(id, admin);
            })
            .toList();
    }

    private List<Future<?>> talk(List<UserId> users, List<RoomModel> rooms) {
        List<Future<?>> talks = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            var own = new Random(seed + i);
            var person = new Person(users.get(i), "p" + i, own, rooms, fleet::anyUrl, http);
            talks.add(talking.submit(() -> act(person)));
        }
        return talks;
    }

    private void act(Person person) {
        for (int i = 0; i < ACTS; i++) {
            person.act();
            done.incrementAndGet();
        }
    }

    /** One after so many acts, the next one after as many more; most of them are killed. */
    private void someInstancesEnd(List<Future<?>> talks) {
        for (int i = 1; i <= ENDS; i++) {
            int due = (PEOPLE * ACTS * i) / (ENDS + 1);
            await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> done.get() >= due || talks.stream().anyMatch(Future::isDone));
            fleet.replaceAny(random, i % 3 != 0);
        }
    }

    private void finish(Future<?> talk) throws InterruptedException {
        try {
            talk.get();
        } catch (ExecutionException e) {
            throw new AssertionError("-Dparley.model.seed=" + seed, e.getCause());
        }
    }

    private void check(RoomModel room, RecordedTopic log) {
        var histories = fleet
            .urls()
            .stream()
            .map(url -> historyOn(url, room))
            .toList();
        assertThat(histories).as("the same on all instances").allMatch(histories.getFirst()::equals);
        room.assertIs(histories.getFirst());
        var heard = new Heard();
        log.of(room.id).forEach(heard::hear);
        heard.assertKnows(histories.getFirst());
        System.out.printf(
            "room %s: %d messages, %d events came twice, %d messages after a later one%n",
            room.id,
            histories.getFirst().size(),
            heard.repeated(),
            heard.late()
        );
    }

    private List<MessageSnapshot> historyOn(String url, RoomModel room) {
        return new Person(room.admin, "reader", random, List.of(room), () -> url, http).readAll(room);
    }
}
