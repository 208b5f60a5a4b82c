package chat.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.EventId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.embedded.KafkaServer;
import chat.parley.embedded.ServerPlace;
import chat.parley.embedded.ServerProcess;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import chat.parley.testing.servers.WithServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** PostgreSQL and Kafka go away in the middle of it all and come back: nothing is lost, and every order is kept. */
@ActiveProfiles("test")
@WithServers(Server.POSTGRES)
@AutoConfigureWebTestClient(timeout = "30s")
@DirtiesContext
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
        "parley.auth.hashing.memory-kib=64",
        "parley.auth.hashing.iterations=1",
        "spring.flyway.schemas=outage",
        "spring.flyway.default-schema=outage",
    }
)
class OutageJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");

    private static final Path FOLDER = folder();
    private static final KafkaServer KAFKA = new KafkaServer(place());
    private static final Wire POSTGRES = wire();
    private static ServerProcess kafka = KAFKA.start();

    @Autowired
    private WebTestClient api;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private ConsumerFactory<String, byte[]> consumers;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @Autowired
    private MeterRegistry meters;

    private Random random;
    private Person anna;
    private Person bert;
    private String room;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add(
            "spring.r2dbc.url",
            () -> "r2dbc:postgresql://127.0.0.1:" + POSTGRES.port() + "/parley?schema=outage"
        );
        registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:" + KAFKA.port());
    }

    private static Wire wire() {
        Map<String, String> postgres = TestServers.environment(Server.POSTGRES);
        return new Wire(
            new InetSocketAddress(
                postgres.get("PARLEY_POSTGRES_HOST"),
                Integer.parseInt(postgres.get("PARLEY_POSTGRES_PORT"))
            )
        );
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("parley-outage-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerPlace place() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ServerPlace(FOLDER.resolve("kafka"), free.getLocalPort(), FOLDER.resolve("kafka.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void end() throws IOException {
        kafka.stop(Duration.ofSeconds(10));
        POSTGRES.close();
        FileSystemUtils.deleteRecursively(FOLDER);
    }

    @BeforeEach
    void twoPeopleInARoom() {
        long seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("OutageJourneyIT: seed " + seed);
        random = new Random(seed);
        anna = Person.called("Anna", api);
        bert = Person.called("Bert", api);
        room = anna.opens("group", bert);
    }

    @Test
    void countsEveryMessageThatWasSentWhilePostgresWasAway() {
        long seq = 0;
        long read = 0;
        for (int outage = 0; outage < 3; outage++) {
            Mono<Void> sending = send(seq + 1, seq + 60);
            seq += 60;
            read = seq - 1 - random.nextInt(20);
            var sent = sending.then(read(read)).toFuture();
            pause(random.nextInt(80));
            POSTGRES.cut();
            assertThat(sent).succeedsWithin(PATIENCE);
            if (random.nextBoolean()) {
                listeners.getListenerContainers().forEach(container -> container.stop());
                listeners.getListenerContainers().forEach(container -> container.start());
            }
            await()
                .atMost(PATIENCE)
                .until(() -> lagMillis() > 500);
            POSTGRES.mend();

            long last = seq;
            JsonNode seen = await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(_ -> true)
                .until(() -> bert.sees(room), now -> now.get("last_seq").asLong() == last);
            long marker = read;
            seen = await()
                .atMost(PATIENCE)
                .until(() -> bert.sees(room), now -> now.get("last_read_seq").asLong() == marker);
            assertThat(seen.get("unread_count").asLong()).isEqualTo(last - marker);
        }
        assertThat(meters.find("parley.deadletters").counters()).isEmpty();
        await()
            .atMost(PATIENCE)
            .until(() -> lagMillis() == 0);
    }

    @Test
    void tellsOfEverythingInItsOrderOnceKafkaIsBack() {
        List<Role> made = new ArrayList<>(makeTimes(6));
        kafka.stop(Duration.ofSeconds(10));
        made.addAll(makeTimes(6));
        await()
            .atMost(PATIENCE)
            .until(() -> lagMillis() > 1_000);
        made.addAll(makeTimes(6));
        kafka = KAFKA.start();
        made.addAll(makeTimes(6));

        assertToldInOrder(made);
        await()
            .atMost(PATIENCE)
            .until(() -> lagMillis() == 0);
    }

    @Test
    void tellsOfWhatWasCommittedHoweverOftenPostgresGoesAway() {
        List<Role> made = new ArrayList<>();
        for (int outage = 0; outage < 3; outage++) {
            made.addAll(makeTimes(4));
            pause(random.nextInt(30));
            POSTGRES.cut();
            assertThat(AtOnce.status(anna.makes(bert, "admin", room))).isEqualTo(503);
            POSTGRES.mend();
            await()
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(_ -> true)
                .until(() -> !anna.sees(room).isEmpty());
        }

        assertToldInOrder(made);
    }

    /** Gives Bert another role, again and again. */
    private List<Role> makeTimes(int times) {
        List<Role> made = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Role role = i % 2 == 0 ? Role.ADMIN : Role.MEMBER;
            anna.makes(bert, role.name().toLowerCase(Locale.ROOT), room).expectStatus().isOk();
            made.add(role);
        }
        return made;
    }

    private void assertToldInOrder(List<Role> made) {
        try (RoomTopic topic = new RoomTopic(consumers, room)) {
            topic.eventually(events -> rolesIn(events).size() >= made.size());
            assertThat(rolesIn(topic.eventually(_ -> true))).isEqualTo(made);
        }
    }

    /** Each event once, where it came first. */
    private static List<Role> rolesIn(List<RoomEvent> events) {
        Map<EventId, Role> first = new LinkedHashMap<>();
        for (RoomEvent event : events) {
            if (event instanceof MemberUpdated updated) {
                first.putIfAbsent(updated.eventId(), updated.member().role());
            }
        }
        return List.copyOf(first.values());
    }

    private double lagMillis() {
        return meters.get("parley.outbox.lag").timeGauge().value(TimeUnit.MILLISECONDS);
    }

    private static void pause(int millis) {
        Mono.delay(Duration.ofMillis(1 + millis)).block(PATIENCE);
    }

    private Mono<Void> send(long from, long to) {
        RoomId id = RoomId.of(room);
        return Flux.range((int) from, (int) (to - from + 1))
            .concatMap(seq ->
                publish(SentMessages.sent(new MessageId(id, seq), anna.userId(), START.plusSeconds(seq)))
            )
            .then();
    }

    private Mono<Void> read(long seq) {
        RoomId id = RoomId.of(room);
        Instant at = START.plusSeconds(seq);
        return publish(
            new MessageRead(EventId.random(), at, null, id, new MessageId(id, seq), seq, bert.userId())
        );
    }

    private Mono<Void> publish(MessageEvent event) {
        return publisher.publish(Topic.MESSAGES, room, room, CODEC.write(event), Map.of());
    }
}
