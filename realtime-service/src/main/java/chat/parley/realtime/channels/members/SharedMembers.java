package chat.parley.realtime.channels.members;

import chat.parley.realtime.channels.census.Counted;
import chat.parley.realtime.channels.census.NotedTransitions;
import chat.parley.realtime.channels.census.Shard;
import chat.parley.realtime.channels.census.Transition;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.MemberChange;
import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.realtime.channels.nodes.Scripts;
import java.util.List;
import java.util.Objects;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The members of all presence channels as Redis holds them for all nodes: for each user the nodes on which they have
 * a connection there. Each change is one script that also announces it.
 */
@Component
class SharedMembers {

    private static final String ANNOUNCEMENTS = "parley:realtime:members";

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> JOIN = Scripts.list(
        SharedMembers.class,
        Transition.SCRIPT,
        "join"
    );

    private static final RedisScript<Long> LEAVE = Scripts.read(
        SharedMembers.class,
        Long.class,
        Transition.SCRIPT,
        "leave"
    );

    private final ReactiveStringRedisTemplate redis;
    private final NodesProperties properties;
    private final NotedTransitions transitions;
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    SharedMembers(
        ReactiveStringRedisTemplate redis,
        NodesProperties properties,
        NotedTransitions transitions
    ) {
        this.redis = redis;
        this.properties = properties;
        this.transitions = transitions;
    }

    /** What the node holds is noted before it holds it: a node that dies in between leaves nothing behind for good. */
    Mono<Roster> join(String node, String channelKey, Member member, int maxMembers) {
        String info = Objects.requireNonNullElse(member.info(), "");
        var added = new MemberAnnouncement(
            MemberChange.Kind.ADDED,
            channelKey,
            member.userId(),
            member.info()
        );
        List<String> arguments = List.of(
            member.userId(),
            node,
            info,
            Integer.toString(maxMembers),
            ANNOUNCEMENTS,
            added.json(),
            noted(channelKey),
            nameOf(channelKey)
        );
        return redis
            .opsForSet()
            .add(holdings(node), holding(channelKey, member.userId()))
            .thenMany(Flux.defer(() -> redis.execute(JOIN, keys(channelKey), arguments)))
            .next()
            .map(answer -> Roster.of((List<?>) answer))
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    Mono<Void> leave(String node, String channelKey, String userId) {
        return takeOut(node, channelKey, userId)
            .then(Mono.defer(() -> redis.opsForSet().remove(holdings(node), holding(channelKey, userId))))
            .then()
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    private Mono<Void> takeOut(String node, String channelKey, String userId) {
        var removed = new MemberAnnouncement(MemberChange.Kind.REMOVED, channelKey, userId, null);
        List<String> arguments = List.of(
            userId,
            node,
            ANNOUNCEMENTS,
            removed.json(),
            noted(channelKey),
            nameOf(channelKey)
        );
        return redis.execute(LEAVE, keys(channelKey), arguments).then();
    }

    /** Takes out all that a node holds. */
    Mono<Void> takeOutAll(String deadNode) {
        return redis
            .opsForSet()
            .scan(holdings(deadNode))
            .concatMap(held -> {
                int cut = held.indexOf('\n');
                return takeOut(deadNode, held.substring(0, cut), held.substring(cut + 1));
            })
            .then(Mono.defer(() -> redis.delete(holdings(deadNode))))
            .then()
            .subscribeOn(connecting);
    }

    /** What all nodes announce, from when the inner flux is there. */
    Mono<Flux<MemberChange>> announcements() {
        return Mono.defer(() -> redis.listenToChannelLater(ANNOUNCEMENTS))
            .<Flux<MemberChange>>map(heard ->
                heard.map(message -> MemberAnnouncement.read(message.getMessage()))
            )
            .subscribeOn(connecting);
    }

    /** How many users are in the channel. */
    Mono<Long> count(String channelKey) {
        return redis
            .opsForHash()
            .size(membersOf(channelKey))
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    /** The ids of those who are in the channel. */
    Flux<String> users(String channelKey) {
        return redis
            .<String, String>opsForHash()
            .keys(membersOf(channelKey))
            .timeout(properties.timeout())
            .subscribeOn(connecting);
    }

    private static List<String> keys(String channelKey) {
        return List.of(membersOf(channelKey), shardOf(channelKey).due());
    }

    private static String membersOf(String channelKey) {
        return shardOf(channelKey).key("members:" + nameOf(channelKey));
    }

    /** Beside what is counted of the channel, so that one script can note what has happened there. */
    private static Shard shardOf(String channelKey) {
        return Shard.of(Counted.CHANNELS, appOf(channelKey), nameOf(channelKey));
    }

    private static String appOf(String channelKey) {
        return channelKey.substring(0, channelKey.indexOf('/'));
    }

    private static String nameOf(String channelKey) {
        return channelKey.substring(channelKey.indexOf('/') + 1);
    }

    private String noted(String channelKey) {
        return transitions.areNoted(appOf(channelKey)) ? "1" : "0";
    }

    private static String holdings(String node) {
        return "parley:realtime:node:" + node;
    }

    private static String holding(String channelKey, String userId) {
        return channelKey + '\n' + userId;
    }
}
