package chat.parley.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.RedisServer;
import chat.parley.embedded.ServerPlace;
import chat.parley.embedded.ServerProcess;
import chat.parley.gateway.Loops;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Two gateways on one Redis of their own, which may be stopped. */
class RateLimitsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Bucket ALL = new Bucket("all", 50, 60_000_000);
    private static final Bucket SEND = new Bucket("send", 3, 60_000_000);

    @TempDir
    private Path folder;

    private final int port = freePort();
    private RedisServer redis;
    private ServerProcess process;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LoopResources loops = LoopResources.create("limits", 2, true);
    private RedisLinks oneLink;
    private RedisLinks otherLink;
    private RateLimits one;
    private RateLimits other;

    @BeforeEach
    void starts() {
        redis = new RedisServer(new ServerPlace(folder, port, folder.resolveSibling("redis.log")));
        process = redis.start();
        // A busy build machine is no outage.
        RedisSettings settings = new RedisSettings(
            "redis://127.0.0.1:" + port,
            Duration.ofSeconds(10),
            Duration.ofMillis(50)
        );
        oneLink = new RedisLinks(settings, new Loops(loops));
        otherLink = new RedisLinks(settings, new Loops(loops));
        one = new RateLimits(new SharedBuckets(oneLink, settings), settings, meters);
        // For whom a moment never ends, however slow the machine.
        Leeway leeway = new Leeway(() -> 0);
        other = new RateLimits(
            new SharedBuckets(otherLink, settings),
            settings,
            new SimpleMeterRegistry(),
            leeway
        );
    }

    @AfterEach
    void stops() {
        oneLink.destroy();
        otherLink.destroy();
        loops.dispose();
        process.stop(PATIENCE);
    }

    @Test
    void twoGatewaysGiveNoMoreThanOne() {
        Claim claim = claim(ALL);

        long granted = Flux.range(0, 200)
            .flatMap(i -> (i % 2 == 0 ? one : other).decide(claim), 64)
            .filter(Verdict::isGranted)
            .count()
            .block(PATIENCE);

        assertThat(granted).isEqualTo(50);
        assertThat(aloneDecided()).isZero();
    }

    @Test
    void letsNoMoreThanHalfABucketGoAheadOfWhatAnotherGatewayHasTaken() {
        Claim claim = claim(ALL);
        decide(other, claim);
        for (int i = 0; i < 49; i++) {
            assertThat(decide(one, claim).isGranted()).isTrue();
        }

        List<Mono<Verdict>> ahead = Stream.generate(() -> other.decideMeanwhile(claim))
            .takeWhile(Objects::nonNull)
            .limit(1_000)
            .toList();
        List<Verdict> verdicts = Flux.concat(ahead).collectList().block(PATIENCE);

        assertThat(ahead).as("it has heard of 49 that were left").hasSize(49 - 25);
        assertThat(verdicts).noneMatch(Verdict::isGranted);
        assertThat(other.decideMeanwhile(claim)).isNull();
        assertThat(decide(other, claim).isGranted()).isFalse();
    }

    @Test
    void takesATokenForEachCallThatGoesAheadHoweverOftenItsVerdictIsRead() {
        Claim claim = claim(ALL);
        decide(other, claim);

        Mono<Verdict> ahead = Objects.requireNonNull(other.decideMeanwhile(claim));

        assertThat(ahead.block(PATIENCE).allowance().remaining()).isEqualTo(48);
        assertThat(ahead.block(PATIENCE).allowance().remaining()).isEqualTo(48);
        assertThat(decide(one, claim).allowance().remaining()).isEqualTo(47);
    }

    @Test
    void takesFromEveryBucketOrFromNone() {
        Rule sending = new Rule(ALL, SEND);
        String holder = "user:" + UUID.randomUUID();
        for (int left = 2; left >= 0; left--) {
            Verdict verdict = decide(one, new Claim(holder, sending));
            assertThat(verdict.isGranted()).isTrue();
            assertThat(verdict.allowance().limit()).as("the tighter one").isEqualTo(3);
            assertThat(verdict.allowance().remaining()).isEqualTo(left);
        }

        Verdict refused = decide(one, new Claim(holder, sending));
        Verdict again = decide(one, new Claim(holder, sending));
        Verdict reading = decide(other, new Claim(holder, new Rule(ALL)));

        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        assertThat(again.retryAfter()).isLessThan(refused.retryAfter());
        assertThat(reading.allowance().remaining()).as("three spent, not five").isEqualTo(46);
    }

    @Test
    void leavesNothingInRedisThatDoesNotGoByItself() {
        decide(one, new Claim("user:" + UUID.randomUUID(), new Rule(ALL, SEND)));
        decide(one, claim(new Bucket("all", 400, 10_000)));

        try (
            RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
            StatefulRedisConnection<String, String> connection = client.connect()
        ) {
            List<String> keys = connection.sync().keys("parley:limit:*");
            assertThat(keys).hasSizeBetween(2, 3);
            // Minus one would be a key that stays; minus two is one that has just gone.
            assertThat(keys).allSatisfy(key ->
                assertThat(connection.sync().pttl(key)).isNotEqualTo(-1).isLessThanOrEqualTo(60_000)
            );
        }
    }

    @Test
    void decidesAloneWhileRedisIsAwayAndTogetherWhenItIsBack() {
        Claim claim = claim(ALL);
        for (int i = 0; i < 10; i++) {
            decide(one, claim);
        }
        process.stop(PATIENCE);

        long granted = Flux.range(0, 200)
            .concatMap(_ -> one.decide(claim))
            .filter(Verdict::isGranted)
            .count()
            .block(PATIENCE);
        double alone = aloneDecided();
        process = redis.start();

        assertThat(granted).as("neither open nor closed, but what the ten have left").isEqualTo(40);
        assertThat(alone).isPositive();
        Claim fresh = claim(ALL);
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
                double before = aloneDecided();
                assertThat(decide(one, fresh).isGranted()).isTrue();
                assertThat(aloneDecided()).isEqualTo(before);
            });
        assertThat(decide(other, fresh).allowance().remaining()).isLessThan(49);
    }

    private double aloneDecided() {
        return meters.get("parley.limits.alone").counter().count();
    }

    private static Verdict decide(RateLimits limits, Claim claim) {
        return limits.decide(claim).block(PATIENCE);
    }

    private static Claim claim(Bucket bucket) {
        return new Claim("user:" + UUID.randomUUID(), new Rule(bucket));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
