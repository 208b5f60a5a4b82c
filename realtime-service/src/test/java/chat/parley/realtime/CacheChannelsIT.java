package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.cache.KeptEvents;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;

/** Cache channels, and the end of users' connections, on two nodes. */
class CacheChannelsIT extends RealtimeTest {

    @Autowired
    KeptEvents kept;

    private ConfigurableApplicationContext second;

    @BeforeEach
    void startsSecondNode() {
        second = anotherNode(TestServers.environment(Set.of(Server.KAFKA, Server.REDIS)));
    }

    @AfterEach
    void stopsSecondNode() {
        second.close();
    }

    private PusherClient there() {
        return keep(PusherClient.connect(portOf(second), "sandbox-key"));
    }

    private static String fresh(String prefix) {
        return prefix + UUID.randomUUID();
    }

    @ParameterizedTest
    @ValueSource(strings = { "cache-", "private-cache-", "private-encrypted-cache-" })
    void whoSubscribesIsToldTheLastEventOrThatThereIsNone(String prefix) {
        String channel = fresh(prefix);
        PusherClient early = toSandbox();
        early.subscribesSigned(sandbox(), channel);
        assertThat(early.hears(_ -> true).event()).isEqualTo("pusher:cache_miss");

        publish(sandbox(), channel, "{\"n\":1}");
        publish(sandbox(), channel, "{\"n\":2}");

        assertThat(early.hears("happened").data().path("n").intValue()).isEqualTo(1);
        assertThat(early.hears("happened").data().path("n").intValue()).isEqualTo(2);
        for (PusherClient late : List.of(toSandbox(), there())) {
            late.subscribesSigned(sandbox(), channel);
            var last = late.hears(_ -> true);
            assertThat(last.event()).isEqualTo("happened");
            assertThat(last.channel()).isEqualTo(channel);
            assertThat(last.data().path("n").intValue()).isEqualTo(2);
            assertThat(late.everythingSoFar()).isEmpty();
        }
    }

    @Test
    void membersAreToldBeforeTheLastEventAndClientsEventsAreNotKept() {
        String channel = fresh("presence-cache-");
        PusherClient ada = toSandbox();
        ada.joinsSigned(sandbox(), channel, "ada");
        ada.hears("pusher:cache_miss");
        publish(sandbox(), channel, "{\"n\":1}");
        ada.hears("happened");
        PusherClient bert = there();
        bert.joinsSigned(sandbox(), channel, "bert");
        bert.hears("happened");

        bert.says("client-hello", channel, Map.of());
        ada.hears("client-hello");

        PusherClient cora = toSandbox();
        cora.joinsSigned(sandbox(), channel, "cora");
        assertThat(cora.hears(_ -> true).event()).isEqualTo("happened");
    }

    @Test
    void theKeptOneIsTheLastInKafkaWhoeverPublishesIt() {
        String channel = fresh("cache-");
        PusherClient witness = toSandbox();
        witness.subscribes(channel);
        witness.hears("pusher:cache_miss");

        CompletableFuture<?>[] all = IntStream.range(0, 60)
            .mapToObj(n ->
                CompletableFuture.runAsync(() -> publishAt(n % 2 == 0 ? port : portOf(second), channel, n))
            )
            .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();

        int last = -1;
        for (int i = 0; i < 60; i++) {
            last = witness.hears("happened").data().path("n").intValue();
        }
        var found = kept.find(sandbox(), channel).block(PusherClient.SOON);
        assertThat(found).isNotNull();
        assertThat(found.event().data()).isEqualTo("{\"n\":" + last + "}");
        assertThat(found.left()).isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30));
    }

    private void publishAt(int port, String channel, int n) {
        assertThat(publish(port, sandbox(), channel, "{\"n\":" + n + "}").statusCode()).isEqualTo(200);
    }

    @Test
    void whoComesWhileItIsPublishedHearsEverythingOnceAndInOrder() {
        String channel = fresh("cache-");
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() ->
            IntStream.range(0, 200).forEach(n -> publishAt(n % 2 == 0 ? port : portOf(second), channel, n))
        );
        List<PusherClient> comers = IntStream.range(0, 30)
            .mapToObj(i -> {
                PusherClient client = i % 2 == 0 ? toSandbox() : there();
                client.subscribes(channel);
                client.isSubscribedTo(channel);
                return client;
            })
            .toList();
        publishing.join();
        publishAt(port, channel, 200);

        for (PusherClient comer : comers) {
            int before = -1;
            while (before < 200) {
                var heard = comer.hears(event -> !event.event().equals("pusher:cache_miss"));
                int n = heard.data().path("n").intValue();
                assertThat(n).isEqualTo(before == -1 ? n : before + 1);
                before = n;
            }
        }
    }

    @Test
    void aTerminatedUsersConnectionsAreClosedOnEveryNode() {
        PusherClient here = toSandbox();
        here.signsIn(sandbox(), "user 5");
        PusherClient there = there();
        there.signsIn(sandbox(), "user 5");
        PusherClient other = there();
        other.signsIn(sandbox(), "other");

        assertThat(call(ApiRequests.terminate(sandbox(), "user%205")).statusCode()).isEqualTo(200);

        assertThat(here.closeCode()).isEqualTo(4009);
        assertThat(there.closeCode()).isEqualTo(4009);
        other.everythingSoFar();
    }
}
