package chat.parley.realtime.channels.members;

import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.MemberChange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private static final String LEASES = "parley:realtime:nodes";

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> JOIN = script("join", List.class);

    private static final RedisScript<Long> LEAVE = script("leave", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> RENEW = script("renew", List.class);

    private final ReactiveStringRedisTemplate redis;
    private final MembersProperties properties;
    /** Spring's first use of Redis waits for the connection; no event loop must. */
    private final Scheduler connecting = Schedulers.boundedElastic();

    SharedMembers(ReactiveStringRedisTemplate redis, MembersProperties properties) {
        this.redis = redis;
        this.properties = properties;
    }

    /** Read at once: Spring's own script from a file is read at its first use, which is in an event loop. */
    private static <T> RedisScript<T> script(String name, Class<T> answer) {
        try (InputStream file = SharedMembers.class.getResourceAsStream(name + ".lua")) {
            byte[] text = Objects.requireNonNull(file, name).readAllBytes();
            return RedisScript.of(new String(text, StandardCharsets.UTF_8), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            added.json()
        );
        return redis
            .opsForSet()
            .add(holdings(node), holding(channelKey, member.userId()))
            .thenMany(Flux.defer(() -> redis.execute(JOIN, List.of(membersOf(channelKey)), arguments)))
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
        List<String> arguments = List.of(userId, node, ANNOUNCEMENTS, removed.json());
        return redis.execute(LEAVE, List.of(membersOf(channelKey)), arguments).then();
    }

    /** False if the lease had ended, and with it whatever the node held. Takes out what dead nodes held. */
    Mono<Boolean> renewLease(String node) {
        List<String> arguments = List.of(node, Long.toString(properties.lease().toMillis()));
        return redis
            .execute(RENEW, List.of(LEASES), arguments)
            .next()
            .map(answer -> ((List<?>) answer).stream().map(String::valueOf).toList())
            .flatMap(answer ->
                takeOutAll(answer.subList(1, answer.size())).thenReturn(answer.getFirst().equals("1"))
            )
            .timeout(properties.lease())
            .subscribeOn(connecting);
    }

    Mono<Void> endLease(String node) {
        return takeOutAll(List.of(node)).timeout(properties.timeout()).subscribeOn(connecting);
    }

    /** Two nodes may do this at once: only one of them finds each member still there. */
    private Mono<Void> takeOutAll(List<String> deadNodes) {
        return Flux.fromIterable(deadNodes).concatMap(this::takeOut).then();
    }

    private Mono<Void> takeOut(String deadNode) {
        return redis
            .opsForSet()
            .scan(holdings(deadNode))
            .concatMap(held -> {
                int cut = held.indexOf('\n');
                return takeOut(deadNode, held.substring(0, cut), held.substring(cut + 1));
            })
            .then(Mono.defer(() -> redis.delete(holdings(deadNode))))
            .then(Mono.defer(() -> redis.opsForZSet().remove(LEASES, deadNode)))
            .then();
    }

    /** What all nodes announce, from when the inner flux is there. */
    Mono<Flux<MemberChange>> announcements() {
        return Mono.defer(() -> redis.listenToChannelLater(ANNOUNCEMENTS))
            .<Flux<MemberChange>>map(heard ->
                heard.map(message -> MemberAnnouncement.read(message.getMessage()))
            )
            .subscribeOn(connecting);
    }

    private static String membersOf(String channelKey) {
        return "parley:realtime:members:{" + channelKey + "}";
    }

    private static String holdings(String node) {
        return "parley:realtime:node:" + node;
    }

    private static String holding(String channelKey, String userId) {
        return channelKey + '\n' + userId;
    }
}
