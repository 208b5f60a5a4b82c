package chat.parley.service.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against a model of room-service in which everything takes its time: a change is made, then heard of; a look-up is
 * asked, then read from the database, then answered; in any order, other things in between.
 */
class MembershipsModelTest {

    private static final int RUNS = 300;
    private static final int STEPS = 200;
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void answerNothingOlderThanWhatWasHeardOfWhenTheyWereAsked() {
        long seed = System.nanoTime();
        int answers = 0;
        int fromMemory = 0;
        for (int run = 0; run < RUNS; run++) {
            Simulation simulation = new Simulation(seed + run);
            simulation.run();
            assertThat(simulation.faults).as("seed %d", seed + run).isEmpty();
            answers += simulation.answers;
            fromMemory += simulation.fromMemory;
        }
        assertThat(answers).isGreaterThan(10 * RUNS);
        assertThat(fromMemory).isGreaterThan(RUNS);
    }

    private static final class Simulation {

        private final Random random;
        private final List<RoomId> rooms = Stream.generate(RoomId::random).limit(2).toList();
        private final List<UserId> users = Stream.generate(UserId::random).limit(2).toList();
        private final Map<Place, List<Role>> history = new HashMap<>();
        private final Map<Place, Integer> heard = new HashMap<>();
        private final Deque<Change> unheard = new ArrayDeque<>();
        private final List<LookUp> asked = new ArrayList<>();
        private final List<LookUp> read = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final AtomicLong now = new AtomicLong();
        private int answers;
        private int fromMemory;
        private final Memberships memberships;

        Simulation(long seed) {
            this.random = new Random(seed);
            RoomsProperties properties = new RoomsProperties(
                URI.create("http://rooms"),
                LONG,
                100,
                Duration.ofMinutes(1),
                new RoomsProperties.Breaker(Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(5), 5)
            );
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            this.memberships = new Memberships(
                new RoomsClient(
                    WebClient.builder().exchangeFunction(this::lookUp).build(),
                    new ServiceTokens("test", Secret.of("x".repeat(32)), Clock.systemUTC()),
                    new RoomsBreaker(properties, meters)
                ),
                properties,
                meters,
                now::get
            );
            memberships.trust();
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(40)) {
                    case 0, 1, 2 -> change(place(), random.nextInt(4) == 0 ? null : Role.MEMBER);
                    case 3 -> deleteOrMakeAnew(rooms.get(random.nextInt(rooms.size())));
                    case 4, 5, 6, 7 -> hear();
                    case 8, 9, 10, 11, 12, 13, 14, 15 -> read();
                    case 16, 17, 18, 19, 20, 21, 22, 23 -> answer();
                    case 24 -> now.addAndGet(Duration.ofSeconds(random.nextInt(30)).toNanos());
                    default -> ask(place());
                }
            }
        }

        private Place place() {
            return new Place(
                rooms.get(random.nextInt(rooms.size())),
                users.get(random.nextInt(users.size()))
            );
        }

        private void change(Place place, @Nullable Role role) {
            historyOf(place).add(role);
            unheard.add(new Change(place.room, place.user));
        }

        /** One event for the whole room. */
        private void deleteOrMakeAnew(RoomId room) {
            for (UserId user : users) {
                historyOf(new Place(room, user)).add(null);
            }
            unheard.add(new Change(room, null));
        }

        private void hear() {
            Change change = unheard.poll();
            if (change == null) {
                return;
            }
            if (change.user == null) {
                memberships.forget(change.room);
                users.forEach(user -> heard.merge(new Place(change.room, user), 1, Integer::sum));
            } else {
                memberships.forget(change.room, change.user);
                heard.merge(new Place(change.room, change.user), 1, Integer::sum);
            }
        }

        private void ask(Place place) {
            int heardOf = heard.getOrDefault(place, 0);
            int latest = historyOf(place).size() - 1;
            int before = answers;
            memberships
                .find(place.room, place.user)
                .subscribe(
                    found -> check(place, found, found.isMember() ? heardOf : latest),
                    failure -> faults.add(failure.toString())
                );
            fromMemory += answers - before;
        }

        /** Members may have been let in by what was heard; nobody is kept out by anything but the present. */
        private void check(Place place, Membership found, int oldest) {
            List<Role> possible = historyOf(place).subList(oldest, historyOf(place).size());
            answers++;
            if (!possible.contains(found.role())) {
                faults.add(found.role() + " is none of " + possible);
            }
        }

        private Mono<ClientResponse> lookUp(ClientRequest request) {
            String[] path = request.url().getPath().split("/");
            LookUp lookUp = new LookUp(
                new Place(RoomId.of(path[3]), UserId.of(path[5])),
                Sinks.one(),
                new ArrayList<>()
            );
            asked.add(lookUp);
            return lookUp.answer.asMono();
        }

        private void read() {
            if (!asked.isEmpty()) {
                LookUp lookUp = asked.remove(random.nextInt(asked.size()));
                lookUp.found.add(historyOf(lookUp.place).getLast());
                read.add(lookUp);
            }
        }

        private void answer() {
            if (!read.isEmpty()) {
                LookUp lookUp = read.remove(random.nextInt(read.size()));
                lookUp.answer.tryEmitValue(lookUp.response()).orThrow();
            }
        }

        private List<Role> historyOf(Place place) {
            return history.computeIfAbsent(place, _ -> {
                List<Role> roles = new ArrayList<>();
                roles.add(null);
                return roles;
            });
        }
    }

    private record Place(RoomId room, UserId user) {}

    private record Change(RoomId room, @Nullable UserId user) {}

    private record LookUp(Place place, Sinks.One<ClientResponse> answer, List<Role> found) {
        ClientResponse response() {
            Membership membership = new Membership(
                place.room,
                place.user,
                RoomType.GROUP,
                found.getFirst(),
                null
            );
            return ClientResponse.create(HttpStatus.OK)
                .header("Content-Type", "application/json")
                .body(JsonMapper.shared().writeValueAsString(membership))
                .build();
        }
    }
}
