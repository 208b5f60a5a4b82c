package chat.parley.testing.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.rooms.Memberships;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.test.StepVerifier;

/** Two instances of a service that hear of changes on a real Kafka, each with a memory of its own. */
class MembershipsOfTwoInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REMOVALS = 15;

    private static final FakeRooms ROOMS = FakeRooms.start();
    private static final List<ConfigurableApplicationContext> INSTANCES = new ArrayList<>();

    @BeforeAll
    static void startTwo() {
        INSTANCES.add(instance(ROOMS.url()));
        INSTANCES.add(instance(ROOMS.url()));
        INSTANCES.forEach(MembershipsOfTwoInstancesTest::awaitMemory);
    }

    @AfterAll
    static void stop() {
        INSTANCES.forEach(ConfigurableApplicationContext::close);
        ROOMS.stop();
    }

    private static ConfigurableApplicationContext instance(String roomService) {
        Map<String, Object> properties = new LinkedHashMap<>(TestServers.environment(Server.KAFKA));
        properties.put("spring.application.name", "instance");
        properties.put("spring.config.import", "classpath:parley-defaults.yml");
        properties.put("spring.profiles.active", "test");
        properties.put("parley.default-port", 0);
        properties.put("parley.default-management-port", 0);
        properties.put("parley.rooms.url", roomService);
        properties.put("parley.rooms.timeout", "10s");
        properties.put("PARLEY_SERVICE_SECRET", FakeRooms.SERVICE_SECRET);
        return new SpringApplicationBuilder(Service.class).properties(properties).run();
    }

    /** An instance remembers from the moment on from which it hears of changes. */
    private static void awaitMemory(ConfigurableApplicationContext instance) {
        RoomId room = ROOMS.room(RoomType.GROUP, ROOMS.user("early"));
        UserId user = ROOMS.user("bird");
        ROOMS.join(room, user, Role.MEMBER);
        await()
            .atMost(PATIENCE)
            .until(() -> {
                letsIn(instance, room, user);
                int before = ROOMS.lookUps();
                letsIn(instance, room, user);
                return ROOMS.lookUps() == before;
            });
    }

    @Test
    void letInWhoHasJustJoined() {
        RoomId room = ROOMS.room(RoomType.GROUP, ROOMS.user("anna"));
        UserId bert = ROOMS.user("bert");
        INSTANCES.forEach(instance -> refuses(instance, room, bert));

        ROOMS.join(room, bert, Role.MEMBER);

        INSTANCES.forEach(instance -> letsIn(instance, room, bert));
    }

    @Test
    void keepOutWhoWasRemovedWithinASecond() {
        List<Duration> delays = new ArrayList<>();
        for (int n = 0; n < REMOVALS; n++) {
            RoomId room = ROOMS.room(RoomType.GROUP, ROOMS.user("anna"));
            UserId bert = ROOMS.user("bert");
            ROOMS.join(room, bert, Role.MEMBER);
            INSTANCES.forEach(instance -> letsIn(instance, room, bert));

            ROOMS.leave(room, bert);
            long start = System.nanoTime();
            tell(room + "/" + bert);

            INSTANCES.forEach(instance -> awaitRefusal(instance, room, bert));
            delays.add(Duration.ofNanos(System.nanoTime() - start));
        }

        // A build machine may stand still for a moment, and does not so every time.
        assertThat(delays.stream().sorted().skip(REMOVALS / 2).findFirst().orElseThrow()).isLessThan(
            Duration.ofSeconds(1)
        );
    }

    @Test
    void keepEverybodyOutOfARoomThatIsGone() {
        UserId anna = ROOMS.user("anna");
        RoomId room = ROOMS.room(RoomType.GROUP, anna);
        INSTANCES.forEach(instance -> letsIn(instance, room, anna));

        ROOMS.delete(room);
        tell(room.toString());

        INSTANCES.forEach(instance -> awaitRefusal(instance, room, anna));
    }

    @Test
    void hearOnAfterARecordThatIsNone() {
        UserId anna = ROOMS.user("anna");
        RoomId room = ROOMS.room(RoomType.GROUP, anna);
        INSTANCES.forEach(instance -> letsIn(instance, room, anna));

        tell("no-room/no-user");
        ROOMS.leave(room, anna);
        tell(room + "/" + anna);

        INSTANCES.forEach(instance -> awaitRefusal(instance, room, anna));
    }

    @Test
    void knowWhatTheyKnowWhileRoomServiceDoesNotAnswer() {
        FakeRooms own = FakeRooms.start();
        UserId anna = own.user("anna");
        RoomId room = own.room(RoomType.GROUP, anna);
        try (ConfigurableApplicationContext instance = instance(own.url())) {
            await()
                .atMost(PATIENCE)
                .until(() -> {
                    letsIn(instance, room, anna);
                    int before = own.lookUps();
                    letsIn(instance, room, anna);
                    return own.lookUps() == before;
                });

            own.fail(true);

            letsIn(instance, room, anna);
            StepVerifier.create(memberships(instance).require(room, UserId.random()))
                .expectErrorSatisfies(failure ->
                    assertThat(((Unavailable) failure).retryAfter()).isPositive()
                )
                .verify(PATIENCE);
        } finally {
            own.stop();
        }
    }

    private static void tell(String key) {
        try {
            KafkaTemplate<String, byte[]> kafka = INSTANCES.getFirst().getBean(KafkaTemplate.class);
            kafka.send(Topic.ROOMS.wireName(), key, new byte[0]).get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Memberships memberships(ConfigurableApplicationContext instance) {
        return instance.getBean(Memberships.class);
    }

    private static void letsIn(ConfigurableApplicationContext instance, RoomId room, UserId user) {
        assertThat(memberships(instance).require(room, user).block(PATIENCE).isMember()).isTrue();
    }

    private static void refuses(ConfigurableApplicationContext instance, RoomId room, UserId user) {
        StepVerifier.create(memberships(instance).require(room, user))
            .expectError(NotFound.class)
            .verify(PATIENCE);
    }

    private static void awaitRefusal(ConfigurableApplicationContext instance, RoomId room, UserId user) {
        await()
            .pollInterval(Duration.ofMillis(20))
            .atMost(PATIENCE)
            .until(() -> !memberships(instance).find(room, user).block(PATIENCE).isMember());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}
}
