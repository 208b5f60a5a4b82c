package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.message.Doors.Death;
import chat.parley.testing.rooms.FakeRooms;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People talk over HTTP to a service in a process of its own, which is killed by {@code kill -9} at a certain call, and go on with
 * another one. Whatever they were told holds, nothing is doubled, and what somebody knows in the end who has only
 * listened is what the history says.
 */
class KilledProcessStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PEOPLE = 3;
    private static final int ACTS_BEFORE = 10;
    private static final int MOST_ACTS = 200;
    private static final int ACTS_AFTER = 10;

    /** The way of a message: it is claimed, noted, stored, told, struck out of what is owed; then others' ways. */
    private static final List<Fatality> FATALITIES = List.of(
        new Fatality(Death.AFTER, "claims insertMany"),
        new Fatality(Death.AFTER, "marks updateOne"),
        new Fatality(Death.BEFORE, "$push messages"),
        new Fatality(Death.AFTER, "$push messages"),
        new Fatality(Death.AFTER, "kafka send"),
        new Fatality(Death.AFTER, "$unset outbox"),
        new Fatality(Death.AFTER, "$set changed $set messages")
    );

    /**
     * @param call a part of its name
     */
    private record Fatality(Death death, String call) {
        @Override
        public String toString() {
            return "killed " + death + " " + call;
        }
    }

    private final long seed = Long.getLong("parley.kills.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final FakeRooms people = FakeRooms.start();
    private final FakeMedia media = new FakeMedia();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService talking = Executors.newFixedThreadPool(PEOPLE);
    private final String database = "killed-" + UUID.randomUUID();
    private final Service survivor = Service.start(database, people, media);
    private final List<ServiceProcess> processes = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        processes.forEach(ServiceProcess::close);
        talking.shutdownNow();
        survivor.stop();
        http.close();
        people.stop();
    }

    @Test
    void nothingIsLostOrDoubledAtWhateverStepTheProcessIsKilled() {
        System.out.printf("kills: -Dparley.kills.seed=%d%n", seed);
        List<RoomModel> rooms = new ArrayList<>();
        start(0);
        for (int i = 0; i < FATALITIES.size(); i++) {
            var process = processes.get(i);
            process.url();
            // It takes some seconds to start: meanwhile people talk to this one.
            start(i + 1);
            rooms.add(talkUntilItDies(process, FATALITIES.get(i)));
        }

        await().atMost(PATIENCE).until(survivor::isAllPaid);
        assertThat(survivor.owed()).isZero();
        try (var log = new RecordedTopic()) {
            for (int i = 0; i < FATALITIES.size(); i++) {
                check(FATALITIES.get(i), rooms.get(i), log);
            }
        }
    }

    private void start(int place) {
        if (place < FATALITIES.size()) {
            var fatality = FATALITIES.get(place);
            var properties = Service.properties(database, people, media);
            processes.add(new ServiceProcess(folder, properties, fatality.death, fatality.call));
        }
    }

    private RoomModel talkUntilItDies(ServiceProcess process, Fatality fatality) {
        var users = IntStream.range(0, PEOPLE)
            .mapToObj(i -> people.user("user" + i))
            .toList();
        var room = new RoomModel(people.room(RoomType.GROUP, users.toArray(UserId[]::new)), users.getFirst());
        var present = IntStream.range(0, PEOPLE)
            .mapToObj(i -> person("p" + i, users.get(i), room, process))
            .toList();
        allAct(present, ACTS_BEFORE);
        assertThat(process.isAlive()).as("%s only when it is told to", fatality).isTrue();
        process.doom();
        for (int act = 0; process.isAlive() && act < MOST_ACTS; act++) {
            allAct(present, 1);
        }
        assertThat(process.isAlive()).as("%s", fatality).isFalse();
        allAct(present, ACTS_AFTER);
        return room;
    }

    private Person person(String name, UserId user, RoomModel room, ServiceProcess process) {
        var own = new Random(random.nextLong());
        return new Person(
            user,
            name,
            own,
            List.of(room),
            () -> process.isAlive() ? process.url() : survivor.url(),
            http
        );
    }

    private void allAct(List<Person> present, int times) {
        CompletableFuture.allOf(
            present
                .stream()
                .map(person -> CompletableFuture.runAsync(() -> act(person, times), talking))
                .toArray(CompletableFuture[]::new)
        ).join();
    }

    private static void act(Person person, int times) {
        for (int i = 0; i < times; i++) {
            person.act();
        }
    }

    private void check(Fatality fatality, RoomModel room, RecordedTopic log) {
        try {
            var reader = new Person(room.admin, "reader", random, List.of(room), survivor::url, http);
            var history = reader.readAll(room);
            room.assertIs(history);
            var heard = new Heard();
            log.of(room.id).forEach(heard::hear);
            heard.assertKnows(history);
        } catch (AssertionError failure) {
            throw new AssertionError("-Dparley.kills.seed=%d, %s".formatted(seed, fatality), failure);
        }
    }
}
