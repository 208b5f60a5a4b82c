package chat.parley.room.reading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.room.Person;
import chat.parley.room.RoomServiceTest;
import chat.parley.room.SentMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * What room-service makes of message events, against a model that anybody can check in their head: whatever arrives,
 * in whatever batches, however often, and whoever comes and goes meanwhile.
 */
@RoomServiceTest
class UnreadModelStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PEOPLE = 4;
    private static final int ROOMS = 3;
    private static final int STEPS = 60;

    @Autowired
    private WebTestClient api;

    @Autowired
    private ReadMarkers markers;

    private long seed;
    private Random random;
    private List<Person> people;
    private Instant clock;

    @BeforeEach
    void somePeople() {
        seed = Long.getLong("parley.test.seed", System.nanoTime());
        random = new Random(seed);
        System.out.printf("UnreadModelStoreTest: seed %d%n", seed);
        people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Person.called("P" + i, api));
        }
        clock = Instant.parse("2027-01-01T00:00:00Z");
    }

    @RepeatedTest(5)
    void agreesWithTheModelAfterEveryStep() {
        List<Model> rooms = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(new Model(RoomId.of(people.getFirst().opens("public"))));
        }
        for (int step = 0; step < STEPS; step++) {
            Model room = rooms.get(random.nextInt(ROOMS));
            step(room);
            assertAgrees(room, "seed %d, step %d".formatted(seed, step));
            if (step % 5 == 0) {
                assertOrder(rooms, "seed %d, step %d".formatted(seed, step));
            }
        }
    }

    /** The first of the people is in every room, all the time; the others come and go. */
    private void step(Model room) {
        switch (random.nextInt(5)) {
            case 0 -> comeOrGo(room);
            case 1 -> room.happens(reading(room));
            case 2 -> room.happens(sending(room));
            default -> deliver(room);
        }
    }

    private void comeOrGo(Model room) {
        Person person = people.get(1 + random.nextInt(PEOPLE - 1));
        if (room.read.containsKey(person.userId())) {
            person.leaves(room.id.toString()).expectStatus().isNoContent();
            room.read.remove(person.userId());
        } else {
            person.joins(room.id.toString()).expectStatus().isCreated();
            room.read.put(person.userId(), room.lastSeq);
        }
    }

    private MessageEvent sending(Model room) {
        clock = clock.plusMillis(1 + random.nextInt(5_000));
        UserId author = people.get(random.nextInt(PEOPLE)).userId();
        return SentMessages.sent(new MessageId(room.id, ++room.said), author, clock);
    }

    private MessageEvent reading(Model room) {
        clock = clock.plusMillis(1);
        long seq = 1 + random.nextInt((int) Math.max(1, room.said));
        return read(room.id, seq, people.get(random.nextInt(PEOPLE)).userId(), clock);
    }

    /** Some of all that ever happened, in any order: new things, old things again, and both together. */
    private void deliver(Model room) {
        if (room.happened.isEmpty()) {
            return;
        }
        List<MessageEvent> batch = batches(room.happened).getFirst();
        markers.advance(Activity.of(batch)).block(PATIENCE);
        batch.forEach(room::hears);
    }

    private List<List<MessageEvent>> batches(List<MessageEvent> events) {
        List<MessageEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        List<List<MessageEvent>> batches = new ArrayList<>();
        while (!shuffled.isEmpty()) {
            List<MessageEvent> batch = shuffled.subList(0, 1 + random.nextInt(Math.min(6, shuffled.size())));
            batches.add(List.copyOf(batch));
            batch.clear();
        }
        return batches;
    }

    private void assertAgrees(Model room, String when) {
        for (Person person : people) {
            JsonNode seen = person.sees(room.id.toString());
            Long read = room.read.get(person.userId());
            long known = read == null ? room.lastSeq : read;
            assertThat(seen.get("last_seq").asLong()).as(when).isEqualTo(room.lastSeq);
            assertThat(seen.get("role").isNull()).as(when).isEqualTo(read == null);
            assertThat(seen.get("last_read_seq").asLong()).as(when).isEqualTo(known);
            assertThat(seen.get("unread_count").asLong())
                .as(when)
                .isEqualTo(Math.max(0, room.lastSeq - known));
        }
    }

    private void assertOrder(List<Model> rooms, String when) {
        List<String> wanted = rooms
            .stream()
            .filter(room -> room.lastMessageAt != null)
            .sorted(Comparator.comparing((Model room) -> room.lastMessageAt).reversed())
            .map(room -> room.id.toString())
            .toList();
        List<String> listed = Person.each(Person.json(people.getFirst().gets("/api/chat/rooms")), "/id");
        // Messages are of a later year than the rooms: those without any follow.
        assertThat(listed).as(when).hasSize(ROOMS);
        assertThat(listed.subList(0, wanted.size())).as(when).isEqualTo(wanted);
    }

    @RepeatedTest(5)
    void severalConsumersAtOnceComeToTheSameAndNothingEverGoesBack() {
        Model room = new Model(RoomId.of(people.getFirst().opens("public")));
        people
            .stream()
            .skip(1)
            .forEach(person -> person.joins(room.id.toString()).expectStatus().isCreated());
        for (int i = 0; i < 40; i++) {
            room.happens(random.nextInt(3) == 0 ? reading(room) : sending(room));
        }
        List<List<MessageEvent>> deliveries = new ArrayList<>();
        for (int consumer = 0; consumer < 3; consumer++) {
            deliveries.addAll(batches(room.happened));
        }
        Person restless = Person.called("Restless", api);
        Map<String, Long> before = new HashMap<>();

        Mono<Void> hearing = Flux.fromIterable(deliveries)
            .flatMap(batch -> markers.advance(Activity.of(batch)), 4)
            .then();
        Mono<Void> watching = Mono.fromRunnable(() -> {
            for (int i = 0; i < 6; i++) {
                watch(room, restless, before);
            }
        })
            .subscribeOn(Schedulers.boundedElastic())
            .then();
        Mono.when(hearing, watching).block(PATIENCE);

        room.happened.forEach(room::hears);
        people.forEach(person -> room.read.putIfAbsent(person.userId(), 0L));
        room.happened.forEach(room::hears);
        assertAgrees(room, "seed " + seed);
        markers.advance(Activity.of(room.happened)).block(PATIENCE);
        assertAgrees(room, "heard once more, seed " + seed);
    }

    private void watch(Model room, Person restless, Map<String, Long> before) {
        String id = room.id.toString();
        restless.joins(id).expectStatus().isCreated();
        for (Person person : people) {
            JsonNode seen = person.sees(id);
            for (String field : List.of("last_seq", "last_read_seq")) {
                long now = seen.get(field).asLong();
                Long last = before.put(person.id() + field, now);
                assertThat(now)
                    .as("%s, seed %d", field, seed)
                    .isGreaterThanOrEqualTo(last == null ? 0 : last);
            }
        }
        restless.leaves(id).expectStatus().isNoContent();
    }

    private static MessageEvent read(RoomId room, long seq, UserId reader, Instant at) {
        return new MessageRead(EventId.random(), at, null, room, new MessageId(room, seq), seq, reader);
    }

    /** What a room must look like: the farthest of everything that was heard of it. */
    private final class Model {

        private final RoomId id;
        private final List<MessageEvent> happened = new ArrayList<>();
        private final Map<UserId, Long> read = new TreeMap<>();
        private long said;
        private long lastSeq;
        private Instant lastMessageAt;

        Model(RoomId id) {
            this.id = id;
            read.put(people.getFirst().userId(), 0L);
        }

        void happens(MessageEvent event) {
            happened.add(event);
        }

        void hears(MessageEvent event) {
            if (event instanceof MessageSent sent) {
                lastSeq = Math.max(lastSeq, sent.message().seq());
                boolean later = lastMessageAt == null || sent.at().isAfter(lastMessageAt);
                lastMessageAt = later ? sent.at() : lastMessageAt;
                reads(sent.message().userId(), sent.message().seq());
            } else if (event instanceof MessageRead told) {
                reads(told.userId(), told.seq());
            }
        }

        private void reads(UserId user, long seq) {
            read.computeIfPresent(user, (_, known) -> Math.max(known, seq));
        }
    }
}
