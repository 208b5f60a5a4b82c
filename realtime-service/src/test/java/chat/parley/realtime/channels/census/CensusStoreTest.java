package chat.parley.realtime.channels.census;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.Await;
import chat.parley.realtime.Node;
import chat.parley.realtime.TestApps;
import chat.parley.realtime.TestRedis;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.app.AppsProperties;
import chat.parley.realtime.channels.nodes.Leases;
import chat.parley.realtime.channels.nodes.NodesProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.mock.env.MockEnvironment;
import reactor.core.Disposable;

/** Nodes that count together in a real Redis. */
class CensusStoreTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final NodesProperties NODES = new NodesProperties(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5)
    );
    private static final CensusProperties PROPERTIES = new CensusProperties(50, Duration.ofMillis(20));

    private final ReactiveStringRedisTemplate redis = TestRedis.empty();
    private final Apps apps = new Apps(
        new AppsProperties(
            Map.of(
                "chat",
                TestApps.properties("chat-key", "secret", AppKind.CHAT),
                "counted",
                TestApps.withSubscriptionCounts()
            )
        ),
        new MockEnvironment()
    );
    private final App app = apps.withId("counted").orElseThrow();
    private final List<Census> nodes = new ArrayList<>();

    private final class Counting {

        private final Node node = new Node();
        private final SharedCensus shared = new SharedCensus(redis, NODES);
        private final Census census = new Census(
            node,
            Leases.of(redis, NODES),
            shared,
            apps,
            new NotedTransitions(apps, List.of(_ -> true)),
            PROPERTIES,
            new SimpleMeterRegistry()
        );

        private Counting() {
            nodes.add(census);
            Leases.renew(redis, NODES, node);
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(Census::stop);
    }

    private Map<String, Integer> occupied(Census census) {
        return census.occupied(app).collectMap(Map.Entry::getKey, Map.Entry::getValue).block(SOON);
    }

    private int subscriptions(Census census, String channel) {
        return census
            .subscriptions(app, List.of(channel))
            .map(totals -> totals.of(channel))
            .blockFirst(SOON);
    }

    private void eventually(Supplier<Object> seen, Object expected) {
        Await.until(SOON, () -> seen.get().equals(expected));
    }

    private List<String> due() {
        return Shard.all(Counted.CHANNELS, app.id())
            .stream()
            .flatMap(shard ->
                redis.opsForZSet().range(shard.due(), Range.unbounded()).collectList().block(SOON).stream()
            )
            .sorted()
            .toList();
    }

    @Test
    void countsOverAllNodes() {
        Counting here = new Counting();
        Counting there = new Counting();

        here.census.subscribed(app, "news");
        here.census.subscribed(app, "news");
        there.census.subscribed(app, "news");
        there.census.subscribed(app, "sports");
        there.census.subscribed(app, "#server-to-user-ada");

        eventually(() -> occupied(here.census), Map.of("news", 3, "sports", 1));
        here.census.unsubscribed(app, "news");
        there.census.unsubscribed(app, "sports");
        eventually(() -> occupied(there.census), Map.of("news", 2));
        assertThat(subscriptions(here.census, "sports")).isZero();
    }

    @Test
    void whateverTheOrderTheTotalsAreThoseOfAModel() {
        List<Counting> counting = List.of(new Counting(), new Counting(), new Counting());
        Map<String, Integer> model = new HashMap<>();
        List<Map<String, Integer>> held = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        Random random = new Random(7);

        for (int step = 0; step < 20_000; step++) {
            int node = random.nextInt(3);
            String name = "channel-" + random.nextInt(200);
            if (held.get(node).getOrDefault(name, 0) > 0 && random.nextInt(100) < 55) {
                counting.get(node).census.unsubscribed(app, name);
                held.get(node).merge(name, -1, Integer::sum);
                model.merge(name, -1, Integer::sum);
            } else {
                counting.get(node).census.subscribed(app, name);
                held.get(node).merge(name, 1, Integer::sum);
                model.merge(name, 1, Integer::sum);
            }
        }
        model.values().removeIf(total -> total == 0);

        eventually(() -> occupied(counting.getFirst().census), model);
    }

    @Test
    void whatADeadNodeCountedIsTakenOutOnceByWhoeverComes() {
        Counting alive = new Counting();
        Counting other = new Counting();
        Counting dead = new Counting();
        for (int i = 0; i < 2000; i++) {
            dead.census.subscribed(app, "channel-" + i);
        }
        alive.census.subscribed(app, "channel-7");
        eventually(() -> occupied(alive.census).size(), 2000);
        eventually(() -> subscriptions(alive.census, "channel-7"), 2);

        alive.census.takeOut(dead.node.id()).and(other.census.takeOut(dead.node.id())).block(SOON);

        assertThat(occupied(alive.census)).isEqualTo(Map.of("channel-7", 1));
    }

    @Test
    void aNodeThatWasTakenForDeadTellsEverythingAgain() {
        Counting here = new Counting();
        Counting there = new Counting();
        here.census.subscribed(app, "news");
        there.census.subscribed(app, "news");
        eventually(() -> subscriptions(here.census, "news"), 2);
        there.census.takeOut(here.node.id()).block(SOON);
        assertThat(subscriptions(here.census, "news")).isEqualTo(1);

        here.census.tellAgain().block(SOON);

        eventually(() -> subscriptions(here.census, "news"), 2);
    }

    @Test
    void whatRedisLostIsToldAgain() {
        Counting here = new Counting();
        Counting there = new Counting();
        here.census.subscribed(app, "news");
        there.census.subscribed(app, "news");
        eventually(() -> subscriptions(here.census, "news"), 2);

        TestRedis.empty();
        here.census.tellAgain().block(SOON);
        there.census.tellAgain().block(SOON);

        eventually(() -> occupied(here.census), Map.of("news", 2));
    }

    @Test
    void looksNowAndThenWhetherRedisKnowsTheSame() {
        Counting here = new Counting();
        here.census.subscribed(app, "news");
        eventually(() -> subscriptions(here.census, "news"), 1);
        Shard shard = Shard.of(Counted.CHANNELS, app.id(), "news");
        redis.delete(shard.totals(), shard.countsOf(here.node.id())).block(SOON);

        for (int turn = 0; turn < Shard.COUNT; turn++) {
            here.census.lookAfter().block(SOON);
        }

        eventually(() -> subscriptions(here.census, "news"), 1);
    }

    @Test
    void takesOutWhoSpokeOnceMoreAfterTheirLeaseWasTaken() {
        Counting here = new Counting();
        Counting late = new Counting();
        Leases.end(redis, NODES, late.node);
        late.census.subscribed(app, "news");
        eventually(() -> subscriptions(here.census, "news"), 1);

        for (int turn = 0; turn < Shard.COUNT; turn++) {
            here.census.lookAfter().block(SOON);
        }

        assertThat(occupied(here.census)).isEmpty();
    }

    @Test
    void announcesTotalsOfChannelsAndWhoComesAndGoes() {
        Counting here = new Counting();
        Counting there = new Counting();
        List<Totals> heard = new CopyOnWriteArrayList<>();
        Disposable listening = here.shared.announcements().block(SOON).subscribe(heard::add);

        there.census.subscribed(app, "news");
        eventually(() -> heard.size(), 1);
        here.census.subscribed(app, "news");
        eventually(() -> heard.size(), 2);
        here.census.signedIn(app, "ada\n{\"x\"}");
        eventually(() -> heard.size(), 3);
        there.census.signedIn(app, "ada\n{\"x\"}");
        eventually(
            () ->
                here.census
                    .connections(app, List.of("ada\n{\"x\"}"))
                    .blockFirst(SOON)
                    .byName()
                    .values()
                    .toString(),
            "[2]"
        );
        here.census.signedOut(app, "ada\n{\"x\"}");
        there.census.takeOut(there.node.id()).block(SOON);

        eventually(() -> heard.stream().anyMatch(totals -> totals.byName().containsValue(0)), true);
        assertThat(heard.get(0).byName()).isEqualTo(Map.of("news", 1));
        assertThat(heard.get(1).byName()).isEqualTo(Map.of("news", 2));
        assertThat(heard.get(2).byName()).isEqualTo(Map.of("ada\n{\"x\"}", 1));
        assertThat(heard.get(2).counted()).isEqualTo(Counted.USERS);
        assertThat(heard).isSortedAccordingTo((one, next) -> Long.compare(one.version(), next.version()));
        listening.dispose();
    }

    @Test
    void notesOnceWhatHappenedToAChannel() {
        Counting here = new Counting();
        Counting there = new Counting();

        here.census.subscribed(app, "news");
        there.census.subscribed(app, "presence-news");
        eventually(
            this::due,
            List.of("channel_occupied\nnews", "channel_occupied\npresence-news", "subscription_count\nnews")
        );
        Shard shard = Shard.of(Counted.CHANNELS, app.id(), "news");
        redis.delete(shard.due()).block(SOON);
        there.census.subscribed(app, "news");
        eventually(() -> subscriptions(here.census, "news"), 2);
        assertThat(due()).doesNotContain("channel_occupied\nnews");

        here.census.unsubscribed(app, "news");
        there.census.unsubscribed(app, "news");
        eventually(() -> due().contains("channel_vacated\nnews"), true);
        here.census.subscribed(app, "news");
        eventually(() -> due().contains("channel_vacated\nnews"), false);

        assertThat(due()).doesNotContain("channel_occupied\nnews");
        assertThat(Transition.read("member_added\nx\nada\n1")).isEqualTo(
            new Transition(Transition.MEMBER_ADDED, "x", "ada\n1")
        );
    }
}
