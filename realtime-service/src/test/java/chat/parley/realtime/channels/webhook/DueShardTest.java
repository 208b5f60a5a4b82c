package chat.parley.realtime.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.Await;
import chat.parley.realtime.TestRedis;
import chat.parley.realtime.channels.census.Counted;
import chat.parley.realtime.channels.census.Shard;
import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.mock.env.MockEnvironment;

@WithServers(Server.REDIS)
class DueShardTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Shard SHARD = Shard.of(Counted.CHANNELS, "app", "news");

    private final ReactiveStringRedisTemplate redis = TestRedis.empty();

    private DueShard node(String finished) {
        var environment = new MockEnvironment().withProperty("w.finished", finished);
        return new DueShard(
            redis,
            Binder.get(environment).bindOrCreate("w", WebhooksProperties.class),
            Binder.get(environment).bindOrCreate("n", NodesProperties.class)
        );
    }

    /** As the script of the census does it, so many ms from now. */
    private void due(String entry, long inMillis) {
        String script =
            "local time = redis.call('TIME') " +
            "return redis.call('ZADD', KEYS[1], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1], ARGV[2])";
        redis
            .execute(RedisScript.of(script, Long.class), List.of(SHARD.due()), List.of("" + inMillis, entry))
            .blockLast(SOON);
    }

    private static List<String> taken(DueShard node) {
        return node.take(SHARD).blockOptional(SOON).orElseThrow();
    }

    private static List<String> entries(List<String> taken) {
        return taken
            .stream()
            .map(entry -> entry.substring(entry.indexOf('\n') + 1))
            .toList();
    }

    @Test
    void whatIsDueIsTakenOnceAndInItsOrder() {
        due("channel_vacated\nb", -1);
        due("channel_occupied\nb", -3000);
        due("channel_vacated\nlater", 60_000);

        assertThat(entries(taken(node("30s")))).containsExactly("channel_occupied\nb", "channel_vacated\nb");
        assertThat(taken(node("30s"))).isEmpty();
    }

    @Test
    void whatADeadNodeTookIsTakenByAnother() {
        due("channel_occupied\nnews", 0);
        Await.until(SOON, () -> !taken(node("300ms")).isEmpty());

        DueShard other = node("30s");

        Await.until(SOON, () -> entries(taken(other)).equals(List.of("channel_occupied\nnews")));
        assertThat(taken(other)).isEmpty();
    }

    @Test
    void whatIsFinishedIsGone() {
        due("channel_occupied\nnews", -1);
        DueShard node = node("0s");
        List<String> taken = taken(node);

        node.finish(SHARD, taken).block(SOON);

        assertThat(taken(node)).isEmpty();
    }

    @Test
    void takesNoMoreAtOnceThanItsBound() {
        IntStream.range(0, DueShard.AT_ONCE + 5).forEach(n -> due("channel_occupied\n" + n, -1));
        DueShard node = node("30s");

        assertThat(taken(node)).hasSize(DueShard.AT_ONCE);
        assertThat(taken(node)).hasSize(5);
    }
}
