package chat.parley.realtime.channels.members;

import chat.parley.realtime.Node;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.MemberChange;
import chat.parley.realtime.channels.nodes.Holdings;
import chat.parley.realtime.channels.nodes.NodesProperties;
import chat.parley.realtime.channels.nodes.SharedLeases;
import chat.parley.service.LeavesTheChain;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Who is in the presence channels, seen from this node: counts its own connections, tells Redis of a user's first and
 * last, and brings every announced change to the channel's subscribers here.
 */
@Component
public final class Members implements Holdings, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Members.class);

    private final Node node;
    private final SharedMembers shared;
    private final Channels channels;
    private final NodesProperties properties;
    private final Map<Seat, Held> held = new ConcurrentHashMap<>();
    private @Nullable Disposable listening;

    Members(Node node, SharedMembers shared, Channels channels, NodesProperties properties) {
        this.node = node;
        this.shared = shared;
        this.channels = channels;
        this.properties = properties;
    }

    /** One more connection of the user is in the channel; answers who else is. {@link #leave} undoes it. */
    public CompletableFuture<Roster> join(String channelKey, Member member, int maxMembers) {
        CompletableFuture<Roster> roster = new CompletableFuture<>();
        held.compute(new Seat(channelKey, member.userId()), (_, known) -> {
            Held now = known == null ? new Held(member, maxMembers) : known;
            now.connections++;
            CompletableFuture<Roster> told = afterLast(now, () ->
                shared.join(node.id(), channelKey, member, maxMembers)
            );
            told.whenComplete((answer, failure) -> settle(roster, answer, failure));
            return now;
        });
        return roster;
    }

    /** To be called within compute: what is asked of Redis about one seat goes there in the order of its counting. */
    private static <T> CompletableFuture<T> afterLast(Held held, Supplier<Mono<T>> question) {
        CompletableFuture<T> told = held.last
            .handle((_, _) -> true)
            .thenCompose(_ -> Mono.defer(question).toFuture());
        held.last = told;
        return told;
    }

    private static void settle(
        CompletableFuture<Roster> roster,
        @Nullable Roster answer,
        @Nullable Throwable failure
    ) {
        if (answer != null) {
            roster.complete(answer);
        } else {
            roster.completeExceptionally(
                failure == null ? new IllegalStateException("no answer from Redis") : failure
            );
        }
    }

    /** One connection of the user less is in the channel. */
    public void leave(String channelKey, String userId) {
        Seat seat = new Seat(channelKey, userId);
        held.computeIfPresent(seat, (_, known) -> {
            known.connections--;
            if (known.connections == 0) {
                tellOfLeaving(seat, known);
            }
            return known;
        });
    }

    private void tellOfLeaving(Seat seat, Held known) {
        CompletableFuture<Void> told = afterLast(known, () ->
            shared.leave(node.id(), seat.channelKey, seat.userId)
        );
        told.whenComplete((_, failure) -> {
            if (failure == null) {
                forget(seat, told);
            } else {
                log.warn("Redis is told later of who left {}: {}", seat.channelKey, failure.toString());
            }
        });
    }

    /** Only once Redis has answered, and unless something came after: that has to wait for its own answer. */
    private void forget(Seat seat, CompletableFuture<Void> told) {
        held.computeIfPresent(seat, (_, known) ->
            known.connections == 0 && known.last == told ? null : known
        );
    }

    // --- asked

    /** How many users are in a presence channel, over all nodes. */
    public Mono<Long> count(String channelKey) {
        return shared.count(channelKey);
    }

    /** The ids of the users who are in a presence channel, over all nodes. */
    public Flux<String> users(String channelKey) {
        return shared.users(channelKey);
    }

    // --- what the others tell

    @Override
    @LeavesTheChain("Listens as long as the node runs; stop() ends it")
    public synchronized void start() {
        listening = announcements().subscribe();
    }

    private Flux<Void> announcements() {
        return shared
            .announcements()
            .flatMapMany(heard -> heard.doOnNext(this::tell))
            .thenMany(Flux.<Void>empty())
            .doOnError(failure -> log.warn("Members cannot be heard of right now: {}", failure.toString()))
            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, properties.timeout()));
    }

    private void tell(MemberChange change) {
        channels.atListeners(change.channelKey(), hub -> hub.tell(change));
    }

    // --- on the node's lease

    /** Two nodes may do this at once: only one of them finds each member still there. */
    @Override
    public Mono<Void> takeOut(String deadNode) {
        return shared.takeOutAll(deadNode);
    }

    @Override
    public Mono<Void> tellAgain() {
        return Flux.fromIterable(held.keySet()).concatMap(this::rejoin).then();
    }

    private Mono<Void> rejoin(Seat seat) {
        AtomicReference<@Nullable CompletableFuture<Roster>> told = new AtomicReference<>();
        held.computeIfPresent(seat, (_, known) -> {
            if (known.connections > 0) {
                told.set(
                    afterLast(known, () ->
                        shared.join(node.id(), seat.channelKey, known.member, known.maxMembers)
                    )
                );
            }
            return known;
        });
        return Mono.justOrEmpty(told.get()).flatMap(Mono::fromFuture).then();
    }

    /** Whoever left while Redis was away would otherwise sit in the channel for as long as this node lives. */
    @Override
    public Mono<Void> lookAfter() {
        return Mono.fromRunnable(this::tellOfLeaversAgain);
    }

    private void tellOfLeaversAgain() {
        for (Seat seat : held.keySet()) {
            held.computeIfPresent(seat, (_, known) -> {
                if (known.connections == 0 && known.last.isDone()) {
                    tellOfLeaving(seat, known);
                }
                return known;
            });
        }
    }

    @Override
    public synchronized void stop() {
        if (listening != null) {
            listening.dispose();
            listening = null;
        }
    }

    /** Before the web server's, whose end is what closes the sockets that are left. */
    @Override
    public int getPhase() {
        return SharedLeases.AFTER_REDIS;
    }

    @Override
    public synchronized boolean isRunning() {
        return listening != null;
    }

    private record Seat(String channelKey, String userId) {}

    /** Guarded by the map's lock on its key. */
    private static final class Held {

        private final Member member;
        private final int maxMembers;
        private int connections;
        private CompletableFuture<?> last = CompletableFuture.completedFuture(true);

        private Held(Member member, int maxMembers) {
            this.member = member;
            this.maxMembers = maxMembers;
        }
    }
}
