package chat.parley.realtime.channels.members;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.Await;
import chat.parley.realtime.Node;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.MemberChange;
import chat.parley.realtime.channels.nodes.NodesProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One node's members, and a Redis that does what the test wants. */
class MembersTest {

    private static final String CHANNEL = "app/presence-x";
    private static final Member ADA = new Member("ada", null);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final NodesProperties PROPERTIES = new NodesProperties(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2)
    );

    private final FakeRedis redis = new FakeRedis();
    private final Members members = new Members(new Node(), redis, new Channels(), PROPERTIES);

    private void leaseIsRenewed() {
        members.lookAfter().block(SOON);
    }

    @Test
    void whoLeavesWhileRedisIsAwayIsGoneWhenItIsBack() {
        members.join(CHANNEL, ADA, 10).join();
        redis.away = true;
        members.leave(CHANNEL, "ada");
        Await.until(SOON, () -> redis.asked.contains("leave"));
        assertThat(redis.present).containsExactly("ada");

        leaseIsRenewed();
        Await.until(SOON, () -> redis.asked.size() == 3);
        redis.away = false;

        Await.until(SOON, () -> {
            leaseIsRenewed();
            return redis.present.isEmpty();
        });
    }

    @Test
    void whoComesBackMeanwhileStays() {
        members.join(CHANNEL, ADA, 10).join();
        redis.away = true;
        members.leave(CHANNEL, "ada");
        Await.until(SOON, () -> redis.asked.contains("leave"));

        redis.away = false;
        members.join(CHANNEL, ADA, 10).join();

        leaseIsRenewed();
        assertThat(redis.present).containsExactly("ada");
        assertThat(redis.asked.getLast()).isEqualTo("join");
    }

    @Test
    void whoIsHereIsToldOfAnewAfterTheNodeWasTakenForDead() {
        members.join(CHANNEL, ADA, 10).join();

        redis.present.clear();
        members.tellAgain().block(SOON);

        assertThat(redis.present).containsExactly("ada");
    }

    @Test
    void aSeatsQuestionsWaitForEachOther() {
        members.join(CHANNEL, ADA, 10).join();
        CompletableFuture<Void> first = redis.held();
        CompletableFuture<Void> second = redis.held();
        members.leave(CHANNEL, "ada");
        members.join(CHANNEL, ADA, 10);
        members.leave(CHANNEL, "ada");

        first.complete(null);
        Await.until(SOON, () -> redis.asked.size() == 3);
        CompletableFuture<Roster> last = members.join(CHANNEL, ADA, 10);

        assertThat(redis.asked).containsExactly("join", "leave", "join");
        second.complete(null);
        last.join();
        assertThat(redis.asked).containsExactly("join", "leave", "join", "leave", "join");
        assertThat(redis.present).containsExactly("ada");
    }

    private static final class FakeRedis extends SharedMembers {

        private final Set<String> present = ConcurrentHashMap.newKeySet();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final ConcurrentLinkedDeque<CompletableFuture<Void>> held = new ConcurrentLinkedDeque<>();
        private volatile boolean away;

        @SuppressWarnings("NullAway") // Every question to the real one is answered here.
        FakeRedis() {
            super(null, PROPERTIES, null);
        }

        /** The next question but those that wait already is answered when this is complete. */
        private CompletableFuture<Void> held() {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        }

        private Mono<Void> asks(String what) {
            return Mono.defer(() -> {
                asked.add(what);
                CompletableFuture<Void> wait = held.poll();
                Mono<Void> answer = wait == null ? Mono.empty() : Mono.fromFuture(wait);
                return away ? Mono.error(new IllegalStateException("away")) : answer;
            });
        }

        @Override
        Mono<Roster> join(String node, String channelKey, Member member, int maxMembers) {
            return asks("join").then(
                Mono.fromSupplier(() -> {
                    present.add(member.userId());
                    return new Roster(1, Map.of());
                })
            );
        }

        @Override
        Mono<Void> leave(String node, String channelKey, String userId) {
            return asks("leave").then(Mono.fromRunnable(() -> present.remove(userId)));
        }

        @Override
        Mono<Flux<MemberChange>> announcements() {
            return Mono.never();
        }
    }
}
