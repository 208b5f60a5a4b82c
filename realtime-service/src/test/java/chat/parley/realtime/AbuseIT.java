package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.Hubs;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Clients that mean no good, beside one that must not notice. */
class AbuseIT extends RealtimeTest {

    private static final String SANDBOX = "/app/sandbox-key?protocol=7";
    private static final int TEXT = 0x81;
    private static final String LOST = "lost on purpose";

    @Autowired
    MeterRegistry meters;

    @Autowired
    Channels channels;

    @Autowired
    Hubs hubs;

    private PusherClient neighbour;

    @BeforeEach
    void somebodyIsThere() {
        neighbour = toSandbox();
        neighbour.subscribes("neighbourhood");
        neighbour.isSubscribedTo("neighbourhood");
    }

    @AfterEach
    void onlyTheNeighbourIsLeft() {
        channels.publish(
            "sandbox/neighbourhood",
            () -> ServerMessages.event("neighbourhood", "still-there", "{}", null),
            null,
            Instant.now()
        );
        neighbour.hears("still-there");
        Await.until(Duration.ofSeconds(20), () -> gauge("parley.connections") == 1);
        Await.until(Duration.ofSeconds(20), () -> gauge("parley.subscriptions") == 1);
        assertThat(gauge("parley.channels")).isEqualTo(1);
        assertThat(socketsInHubs()).isEqualTo(1);
    }

    /** A buffer is lost on purpose, so that it is known that lost ones are found: it must be the only one. */
    @AfterAll
    static void nothingHasLeaked() {
        loseOne();
        Await.until(Duration.ofSeconds(60), () -> {
            System.gc();
            // Whoever allocates, reports what was found to be lost.
            PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            return RecordingLeakDetector.leaks()
                .stream()
                .anyMatch(leak -> leak.contains(LOST));
        });
        assertThat(RecordingLeakDetector.leaks()).allMatch(leak -> leak.contains(LOST));
    }

    private static void loseOne() {
        PooledByteBufAllocator.DEFAULT.directBuffer(1).touch(LOST);
    }

    @Test
    void aThousandThatComeAndGo() throws IOException {
        for (int i = 0; i < 1000; i++) {
            try (RawClient client = RawClient.asking(port, SANDBOX)) {
                client.says("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"loop\"}}");
                if (i % 3 == 0) {
                    client.readsUntil("subscription_succeeded");
                }
                if (i % 2 == 0) {
                    client.vanishes();
                }
            }
        }
    }

    static Stream<Arguments> brokenFrames() {
        byte[] unmasked = { (byte) TEXT, 2, '{', '}' };
        byte[] hugeLength = { (byte) TEXT, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0 };
        byte[] negativeLength = { (byte) TEXT, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0 };
        byte[] fragmentedPing = RawClient.frame(0x09, new byte[0]);
        return Stream.of(
            Arguments.of("no mask", unmasked, 1002),
            Arguments.of("reserved bits", RawClient.frame(0xF1, new byte[] { '{', '}' }), 1002),
            Arguments.of("a reserved opcode", RawClient.frame(0x83, new byte[0]), 1002),
            Arguments.of("more than may be said", hugeLength, 1009),
            Arguments.of("a length below nothing", negativeLength, 1002),
            Arguments.of("a ping in pieces", fragmentedPing, 1002),
            Arguments.of("the rest of nothing", RawClient.frame(0x80, new byte[] { 'x' }), 1002),
            Arguments.of("bytes", RawClient.frame(0x82, new byte[] { 1, 2, 3 }), 1003)
        );
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFrames")
    void whoDoesNotSpeakWebSocketIsToldSo(String what, byte[] bytes, int code) throws IOException {
        try (RawClient client = RawClient.asking(port, SANDBOX)) {
            assertThat(client.hears()).contains("activity_timeout");

            client.writes(bytes);

            assertThat(client.closeCode()).as(what).isEqualTo(code);
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void fragmentsThatNeverEndAreBounded() throws IOException {
        try (RawClient client = RawClient.asking(port, SANDBOX)) {
            assertThat(client.hears()).contains("activity_timeout");
            byte[] piece = new byte[16 * 1024];

            client.writes(RawClient.frame(0x01, piece));
            for (int i = 0; i < 4; i++) {
                client.writes(RawClient.frame(0x00, piece));
            }

            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void noiseEndsTheConnectionAndNothingElse() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[1 + random.nextInt(2000)];
            random.nextBytes(noise);
            try (RawClient client = RawClient.asking(port, SANDBOX)) {
                client.writes(noise);
                client.vanishes();
            }
            try (RawClient client = RawClient.to(port)) {
                client.writes(noise);
                client.vanishes();
            }
        }
    }

    @Test
    void halfFramesAreGoneWithTheirConnection() throws IOException {
        for (int cut = 1; cut < 8; cut++) {
            try (RawClient client = RawClient.asking(port, SANDBOX)) {
                client.readsUntil("activity_timeout");
                byte[] whole = RawClient.frame(TEXT, new byte[1000]);
                client.writes(Arrays.copyOf(whole, cut * 100));
            }
        }
    }

    @Test
    void requestsThatNeverEndAreCutOffInTime() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (String begun : List.of("", "GET ", "GET " + SANDBOX + " HTTP/1.1\r\nHost: loc")) {
                RawClient client = RawClient.to(port);
                client.writes(begun);
                slow.add(client);
            }
            RawClient body = RawClient.to(port);
            body.asks(SANDBOX, "Content-Length: 5");
            slow.add(body);
            for (RawClient client : slow) {
                assertThat(client.isCutOff()).isTrue();
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void noMessageMakesAServerFail() throws IOException {
        try (RawClient client = RawClient.asking(port, SANDBOX)) {
            client.readsUntil("activity_timeout");
            String deep = "[".repeat(5_000) + "]".repeat(5_000);
            for (String said : List.of(
                "",
                "{",
                "null",
                "[]",
                deep,
                "{\"event\":\"pusher:subscribe\",\"data\":" + deep + "}",
                "{\"event\":\"pusher:subscribe\",\"data\":\"{\"}",
                "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":1}}",
                "{\"event\":\"pusher:signin\",\"data\":{\"auth\":{},\"user_data\":[]}}",
                "{\"event\":\"client-x\",\"channel\":{},\"data\":" + deep + "}",
                "{\"event\":\"" + "e".repeat(10_000) + "\"}"
            )) {
                client.says(said);
                client.readsUntil("pusher:error");
            }
        }
    }

    private double gauge(String name) {
        return meters
            .get(name)
            .gauges()
            .stream()
            .mapToDouble(gauge -> gauge.value())
            .sum();
    }

    private int socketsInHubs() {
        var all = new AtomicInteger();
        var asked = hubs.all();
        var answered = new AtomicInteger();
        asked.forEach(hub ->
            hub.offer(() -> {
                all.addAndGet(hub.sockets().size());
                answered.incrementAndGet();
            })
        );
        Await.until(Duration.ofSeconds(10), () -> answered.get() == asked.size());
        return all.get();
    }
}
