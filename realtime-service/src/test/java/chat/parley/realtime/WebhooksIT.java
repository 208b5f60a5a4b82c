package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.app.App;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Webhooks of two nodes that share their work, and servers that take calls, fail, are slow, or are not there. */
class WebhooksIT extends RealtimeTest {

    private static final HookServer SERVER = new HookServer();
    private static final Map<String, String> SETTINGS = settings();

    @Autowired
    MeterRegistry meters;

    private ConfigurableApplicationContext second;

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        hook(settings, "hooked", 0, SERVER.url("/all"));
        settings.put("parley.realtime.apps.hooked.webhooks[0].headers.X-Ours", "yes");
        settings.put("parley.realtime.apps.hooked.subscription-counts", "true");
        hook(settings, "failing", 0, SERVER.url("/failing"));
        hook(settings, "mixed", 0, SERVER.url("/dead-beside"));
        hook(settings, "mixed", 1, "http://127.0.0.1:" + closedPort() + "/dead");
        hook(settings, "mixed", 2, SERVER.url("/slow"));
        settings.put("parley.realtime.apps.mixed.webhooks[0].events[0]", "cache_miss");
        settings.put("parley.realtime.webhooks.pauses", "200ms,400ms,800ms");
        settings.put("parley.realtime.webhooks.patience", "20s");
        return settings;
    }

    private static void hook(Map<String, String> settings, String app, int number, String url) {
        String prefix = "parley.realtime.apps." + app;
        settings.put(prefix + ".key", app + "-key");
        settings.put(prefix + ".secret", app + "-secret");
        settings.put(prefix + ".webhooks[" + number + "].url", url);
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void webhooks(DynamicPropertyRegistry properties) {
        SETTINGS.forEach((name, value) -> properties.add(name, () -> value));
    }

    @BeforeEach
    void startsSecondNode() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(TestServers.environment(Set.of(Server.KAFKA, Server.REDIS)));
        second = anotherNode(settings);
    }

    @AfterEach
    void stopsSecondNode() {
        second.close();
    }

    @AfterAll
    static void stopsServer() {
        SERVER.stop();
    }

    private App app(String id) {
        return apps.withId(id).orElseThrow();
    }

    private PusherClient here(String app) {
        return keep(PusherClient.connect(port, app + "-key"));
    }

    private PusherClient there(String app) {
        return keep(PusherClient.connect(portOf(second), app + "-key"));
    }

    private static String fresh(String prefix) {
        return prefix + UUID.randomUUID();
    }

    private static List<String> without(String kind, List<String> names) {
        return names
            .stream()
            .filter(name -> !name.equals(kind))
            .toList();
    }

    private static List<String> occupancy(String channel) {
        return without("subscription_count", SERVER.namesTold("/all", channel));
    }

    @Test
    void aChannelIsOccupiedAndVacatedOnceForAllNodesAndAReloadSaysNothing() {
        String channel = fresh("news-");
        PusherClient here = here("hooked");
        PusherClient there = there("hooked");
        here.subscribes(channel);
        here.isSubscribedTo(channel);
        Await.until(PusherClient.SOON, () -> occupancy(channel).size() == 1);

        // A reload: away with the last one, and back by the other node.
        here.unsubscribes(channel);
        here.everythingSoFar();
        there.subscribes(channel);
        there.isSubscribedTo(channel);
        here.subscribes(channel);
        here.isSubscribedTo(channel);
        here.unsubscribes(channel);
        there.unsubscribes(channel);

        Await.until(PusherClient.SOON, () -> occupancy(channel).contains("channel_vacated"));
        assertThat(occupancy(channel)).containsExactly("channel_occupied", "channel_vacated");
    }

    @Test
    void aUserIsAMemberOnceOverAllNodes() {
        String channel = fresh("presence-");
        PusherClient here = here("hooked");
        PusherClient there = there("hooked");
        here.joinsSigned(app("hooked"), channel, "ada");
        there.joinsSigned(app("hooked"), channel, "ada");
        here.unsubscribes(channel);
        here.everythingSoFar();
        there.unsubscribes(channel);

        Await.until(PusherClient.SOON, () -> occupancy(channel).contains("member_removed"));
        Await.until(PusherClient.SOON, () -> occupancy(channel).contains("channel_vacated"));
        assertThat(occupancy(channel)).containsExactlyInAnyOrder(
            "channel_occupied",
            "member_added",
            "member_removed",
            "channel_vacated"
        );
        assertThat(SERVER.told("/all", channel))
            .filteredOn(event -> event.path("name").stringValue().startsWith("member_"))
            .allSatisfy(event -> assertThat(event.path("user_id").stringValue()).isEqualTo("ada"));
    }

    @Test
    void clientEventsCacheMissesAndCountsAreToldOfAsTheyAre() {
        String channel = fresh("presence-cache-");
        PusherClient here = here("hooked");
        here.joinsSigned(app("hooked"), channel, "ada");
        here.hears("pusher:cache_miss");
        here.says("client-hello", channel, Map.of("a", 1));
        String open = fresh("open-");
        here.subscribes(open);

        Await.until(PusherClient.SOON, () -> occupancy(channel).contains("client_event"));
        Await.until(PusherClient.SOON, () -> occupancy(channel).contains("cache_miss"));
        Await.until(PusherClient.SOON, () -> SERVER.namesTold("/all", open).contains("subscription_count"));
        var event = SERVER.told("/all", channel)
            .stream()
            .filter(told -> told.path("name").stringValue().equals("client_event"))
            .findFirst()
            .orElseThrow();
        assertThat(event.path("event").stringValue()).isEqualTo("client-hello");
        assertThat(event.path("data").stringValue()).isEqualTo("{\"a\":1}");
        assertThat(event.path("socket_id").stringValue()).isEqualTo(here.socketId());
        assertThat(event.path("user_id").stringValue()).isEqualTo("ada");
        assertThat(SERVER.told("/all", open))
            .filteredOn(told -> told.path("name").stringValue().equals("subscription_count"))
            .singleElement()
            .satisfies(told -> assertThat(told.path("subscription_count").intValue()).isEqualTo(1));
    }

    /** As the server libraries look at it: the key, the type as a whole, and the body as it came. */
    @Test
    void aCallIsSignedOverItsBody() throws GeneralSecurityException {
        String channel = fresh("signed-");
        here("hooked").subscribes(channel);
        Await.until(PusherClient.SOON, () -> !occupancy(channel).isEmpty());

        var hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec("hooked-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (HookServer.Call call : SERVER.calls("/all")) {
            byte[] digest = hmac.doFinal(call.body().getBytes(StandardCharsets.UTF_8));
            assertThat(call.signature()).isEqualTo(HexFormat.of().formatHex(digest));
            assertThat(call.key()).isEqualTo("hooked-key");
            assertThat(call.contentType()).isEqualTo("application/json");
            assertThat(call.ours()).isEqualTo("yes");
            assertThat(call.json().path("time_ms").isIntegralNumber()).isTrue();
        }
    }

    @Test
    void whatIsNotTakenIsToldAgainUntilItIs() {
        SERVER.fails("/failing", 3);
        String channel = fresh("again-");

        here("failing").subscribes(channel);

        Await.until(PusherClient.SOON, () -> !SERVER.told("/failing", channel).isEmpty());
        assertThat(SERVER.namesTold("/failing", channel)).containsExactly("channel_occupied");
        assertThat(
            SERVER.calls("/failing")
                .stream()
                .filter(call -> call.body().contains(channel))
                .map(HookServer.Call::body)
                .distinct()
        ).hasSize(1);
    }

    @Test
    void aSlowOneAndADeadOneKeepNobodyWaitingAndTheDeadOneIsGivenUp() {
        CountDownLatch slow = SERVER.holds("/slow");
        PusherClient here = here("mixed");
        List<String> channels = Stream.generate(() -> fresh("cache-"))
            .limit(20)
            .toList();

        channels.forEach(here::subscribes);

        Await.until(PusherClient.SOON, () ->
            channels
                .stream()
                .allMatch(channel -> SERVER.namesTold("/dead-beside", channel).equals(List.of("cache_miss")))
        );
        Await.until(Duration.ofSeconds(60), () -> givenUp() > 0);
        slow.countDown();
        Await.until(PusherClient.SOON, () ->
            channels.stream().allMatch(channel -> SERVER.namesTold("/slow", channel).contains("cache_miss"))
        );
    }

    private double givenUp() {
        return Stream.of(meters, second.getBean(MeterRegistry.class))
            .mapToDouble(registry -> registry.counter("parley.webhooks.given.up").count())
            .sum();
    }
}
