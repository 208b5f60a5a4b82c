package chat.parley.realtime.channels.census;

import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.realtime.channels.nodes.Scripts;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The census as Redis holds it: for each shard the totals, and what each node counts. */
@Component
class SharedCensus {

    private static final String ANNOUNCEMENTS = "parley:realtime:census";
    private static final int NAMES_A_LOOK = 500;
    private static final String FROM_THE_BEGINNING = "0";

    private static final RedisScript<Long> TELL = Scripts.read(
        SharedCensus.class,
        Long.class,
        "transitions",
        "changes",
        "tell"
    );

    private static final RedisScript<String> TAKE_OUT = Scripts.read(
        SharedCensus.class,
        String.class,
        "transitions",
        "changes",
        "takeout"
    );

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> LOOK = Scripts.list(SharedCensus.class, "look");

    private final ReactiveStringRedisTemplate redis;
    private final NodesProperties properties;
    /** Spring's first use of Redis waits for the connection; neither an event loop must, nor all who wait elsewhere. */
    private final Scheduler connecting = Schedulers.newBoundedElastic(2, 10_000, "census-asks", 60, true);
    /** Tells, for the same reason; each shard has one call under way, so that is how much can wait here. */
    private final Scheduler telling = Schedulers.newSingle("census-tells", true);

    SharedCensus(ReactiveStringRedisTemplate redis, NodesProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    /** Has it done by the thread that tells. */
    void soon(Runnable work) {
        telling.schedule(work);
    }

    /**
     * From now on the node counts this of these names, whatever it counted before. To be subscribed to by the thread
     * that tells.
     */
    Mono<Void> tell(Shard shard, Followers followers, String node, Map<String, Integer> counts) {
        List<String> arguments = arguments(shard, followers, node);
        counts.forEach((name, count) -> {
            arguments.add(name);
            arguments.add(Integer.toString(count));
        });
        return redis.execute(TELL, keys(shard, node), arguments).then().timeout(properties.timeout());
    }

    /** Takes out all that a node counts there. */
    Mono<Void> takeOut(Shard shard, Followers followers, String node) {
        return takeOutFrom(FROM_THE_BEGINNING, shard, followers, node)
            .expand(cursor ->
                cursor.equals(FROM_THE_BEGINNING) ? Mono.empty() : takeOutFrom(cursor, shard, followers, node)
            )
            .then()
            .subscribeOn(connecting);
    }

    private Mono<String> takeOutFrom(String cursor, Shard shard, Followers followers, String node) {
        List<String> arguments = arguments(shard, followers, node);
        arguments.add(cursor);
        return redis.execute(TAKE_OUT, keys(shard, node), arguments).next().timeout(properties.timeout());
    }

    private static List<String> keys(Shard shard, String node) {
        return List.of(shard.totals(), shard.countsOf(node), shard.nodes(), shard.due());
    }

    private static List<String> arguments(Shard shard, Followers followers, String node) {
        List<String> arguments = new ArrayList<>();
        arguments.add(node);
        arguments.add(ANNOUNCEMENTS);
        arguments.add(shard.counted().word());
        arguments.add(shard.appId());
        arguments.add(followers.announced());
        arguments.add(followers.occupancyDue() ? "1" : "0");
        arguments.add(followers.countsDue() ? "1" : "0");
        return arguments;
    }

    /** The totals of these names, as they all are at one moment for each five hundred of them. */
    Flux<Totals> totals(Shard shard, List<String> names) {
        return Flux.fromIterable(names)
            .buffer(NAMES_A_LOOK)
            .concatMap(some -> look(shard, some))
            .subscribeOn(connecting);
    }

    private Mono<Totals> look(Shard shard, List<String> names) {
        return redis
            .execute(LOOK, List.of(shard.totals()), names)
            .next()
            .map(answer -> totals(shard, names, (List<?>) answer))
            .timeout(properties.timeout());
    }

    private static Totals totals(Shard shard, List<String> names, List<?> answer) {
        Map<String, Integer> byName = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), Integer.valueOf(String.valueOf(answer.get(i + 1))));
        }
        long version = Long.parseLong(String.valueOf(answer.getFirst()));
        return new Totals(shard.counted(), shard.appId(), version, byName);
    }

    /** All names there and their totals; a name that changes meanwhile may come twice, or not. */
    Flux<Map.Entry<String, Integer>> all(Shard shard) {
        return scan(shard.totals());
    }

    /** What the node counts there, as Redis knows it. */
    Flux<Map.Entry<String, Integer>> countsOf(Shard shard, String node) {
        return scan(shard.countsOf(node));
    }

    private Flux<Map.Entry<String, Integer>> scan(String key) {
        return redis
            .<String, String>opsForHash()
            .scan(key, ScanOptions.scanOptions().count(1000).build())
            .<Map.Entry<String, Integer>>map(found ->
                Map.entry(found.getKey(), Integer.valueOf(found.getValue()))
            )
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    /** Which nodes count anything there. */
    Flux<String> nodes(Shard shard) {
        return redis.opsForSet().members(shard.nodes()).timeout(properties.timeout()).subscribeOn(connecting);
    }

    @PreDestroy
    void stop() {
        connecting.dispose();
        telling.dispose();
    }

    /** What changes, from when the inner flux is there. */
    Mono<Flux<Totals>> announcements() {
        return Mono.defer(() -> redis.listenToChannelLater(ANNOUNCEMENTS))
            .<Flux<Totals>>map(heard -> heard.map(message -> Announcement.read(message.getMessage())))
            .subscribeOn(connecting);
    }
}
