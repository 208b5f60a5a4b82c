package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.embedded.RedisServer;
import chat.parley.embedded.ServerPlace;
import chat.parley.embedded.ServerProcess;
import chat.parley.realtime.channels.cache.KeptEvents;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A node whose Redis is not there when it starts, and goes away later. */
class RedisAwayIT extends RealtimeTest {

    private static final String CHANNEL = "presence-redis";
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private RedisServer redis;
    private @Nullable ServerProcess running;
    private ConfigurableApplicationContext node;

    @BeforeEach
    void startsNodeWithoutRedis() throws IOException {
        redis = new RedisServer(
            new ServerPlace(folder.resolve("redis"), freePort(), folder.resolve("redis.log"))
        );
        var settings = new HashMap<>(TestServers.environment(Server.KAFKA));
        settings.putAll(redis.environment());
        settings.put("parley.realtime.nodes.renewal", "500ms");
        node = anotherNode(settings);
    }

    @AfterEach
    void stopsBoth() {
        node.close();
        stopRedis();
    }

    private void startRedis() {
        running = redis.start();
    }

    private void stopRedis() {
        if (running != null) {
            running.stop(GRACE);
            running = null;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private PusherClient client() {
        return keep(PusherClient.connect(portOf(node), "sandbox-key"));
    }

    private boolean joins(PusherClient client, String user) {
        String data = "{\"user_id\":\"" + user + "\"}";
        client.subscribes(CHANNEL, sandbox().authorize(client.socketId() + ":" + CHANNEL + ":" + data), data);
        return client
            .hears(
                heard ->
                    heard.event().endsWith("subscription_succeeded") ||
                    heard.event().endsWith("subscription_error")
            )
            .event()
            .endsWith("succeeded");
    }

    @Test
    void servesWhatNeedsNoRedisAndTheRestAsSoonAsItIsThere() {
        PusherClient watcher = client();
        watcher.subscribesSigned(sandbox(), "private-without-redis");
        assertThat(joins(watcher, "watcher")).isFalse();

        startRedis();

        Await.until(PusherClient.SOON, () -> joins(watcher, "watcher"));
        PusherClient other = client();
        Await.until(PusherClient.SOON, () -> comesAndIsSeen(other, watcher));
    }

    /** Once the node listens to Redis, too; until then it goes, to come again. */
    private boolean comesAndIsSeen(PusherClient other, PusherClient watcher) {
        assertThat(joins(other, "other")).isTrue();
        boolean seen = watcher
            .everythingSoFar()
            .stream()
            .anyMatch(heard -> heard.event().equals("pusher_internal:member_added"));
        other.unsubscribes(CHANNEL);
        other.everythingSoFar();
        return seen;
    }

    @Test
    void aCacheChannelHoldsNothingAsLongAsRedisIsAway() {
        PusherClient client = client();

        client.subscribesSigned(sandbox(), "private-cache-without-redis");

        client.hears("pusher:cache_miss");
    }

    @Test
    void aLastEventIsKeptAsSoonAsRedisIsBack() {
        assertThat(publish(portOf(node), sandbox(), "cache-kept-later", "{}").statusCode()).isEqualTo(200);

        startRedis();

        KeptEvents kept = node.getBean(KeptEvents.class);
        Await.until(PusherClient.SOON, () ->
            kept.find(sandbox(), "cache-kept-later").onErrorComplete().blockOptional(GRACE).isPresent()
        );
    }

    @Test
    void whoLeavesWhileRedisIsAwayIsNoMemberAfterwards() {
        startRedis();
        PusherClient staying = client();
        PusherClient leaving = client();
        Await.until(PusherClient.SOON, () -> joins(staying, "staying"));
        assertThat(joins(leaving, "leaving")).isTrue();

        stopRedis();
        leaving.unsubscribes(CHANNEL);
        leaving.everythingSoFar();
        startRedis();

        PusherClient newcomer = client();
        Await.until(PusherClient.SOON, () -> joins(newcomer, "newcomer"));
        Await.until(PusherClient.SOON, () -> membersSeenBy(newcomer).equals(Set.of("staying", "newcomer")));
    }

    @Test
    void publicChannelsNeedNoRedisAndAreCountedAsSoonAsItIsThere() {
        PusherClient client = client();
        client.subscribes("news");
        client.isSubscribedTo("news");
        assertThat(count("news").statusCode()).isEqualTo(503);

        startRedis();
        Await.until(PusherClient.SOON, () -> isCounted("news", 1));
        stopRedis();
        PusherClient other = client();
        other.subscribes("news");
        other.isSubscribedTo("news");
        other.subscribes("sports");
        other.isSubscribedTo("sports");
        client.unsubscribes("news");
        startRedis();

        Await.until(PusherClient.SOON, () -> isCounted("news", 1) && isCounted("sports", 1));
        other.close();
        Await.until(PusherClient.SOON, () -> isCounted("news", 0) && isCounted("sports", 0));
    }

    private HttpResponse<String> count(String channel) {
        String path = ApiRequests.get(sandbox(), "channels/" + channel, "info=subscription_count");
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portOf(node) + path)).GET());
    }

    private boolean isCounted(String channel, int subscriptions) {
        return count(channel).body().contains("\"subscription_count\":" + subscriptions + "}");
    }

    private Set<String> membersSeenBy(PusherClient client) {
        client.unsubscribes(CHANNEL);
        client.everythingSoFar();
        return client
            .joinsSigned(sandbox(), CHANNEL, "newcomer")
            .data()
            .at("/presence/hash")
            .propertyStream()
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    }
}
