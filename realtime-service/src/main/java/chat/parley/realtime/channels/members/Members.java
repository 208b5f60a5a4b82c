package chat.parley.realtime.channels.members;

import chat.parley.realtime.Node;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.MemberChange;
import chat.parley.service.LeavesTheChain;
import java.time.Duration;
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
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Who is in the presence channels, seen from this node: counts its own connections, tells Redis of a user's first and
 * last, and brings every announced change to the channel's subscribers here.
 */
@Component
public final class Members implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Members.class);

    private final Node node;
    private final SharedMembers shared;
    private final Channels channels;
    private final MembersProperties properties;
    private final Map<Seat, Held> held = new ConcurrentHashMap<>();
    private @Nullable Disposable background;
    /** Until the others know of its members again. Touched by one renewal at a time. */
    private volatile boolean takenForDead;

    Members(Node node, SharedMembers shared, Channels channels, MembersProperties properties) {
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

    // --- in the background

    @Override
    @LeavesTheChain("Listens as long as the node runs; stop() ends it")
    public synchronized void start() {
        background = Disposables.composite(announcements().subscribe(), leases().subscribe());
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

    private Flux<Void> leases() {
        return Flux.interval(Duration.ZERO, properties.renewal())
            .onBackpressureDrop()
            .concatMap(_ -> renew().onErrorResume(Members::leaseNotRenewed));
    }

    private Mono<Void> renew() {
        return shared
            .renewLease(node.id())
            .flatMap(wasThere -> wasThere && !takenForDead ? Mono.<Void>empty() : rejoinAll())
            .then(Mono.fromRunnable(this::tellAgain));
    }

    /** The others took this node for dead, for instance because it stood still: its members are there all the same. */
    private Mono<Void> rejoinAll() {
        takenForDead = true;
        return Flux.fromIterable(held.keySet())
            .concatMap(this::rejoin)
            .then(Mono.fromRunnable(() -> takenForDead = false));
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
    private void tellAgain() {
        for (Seat seat : held.keySet()) {
            held.computeIfPresent(seat, (_, known) -> {
                if (known.connections == 0 && known.last.isDone()) {
                    tellOfLeaving(seat, known);
                }
                return known;
            });
        }
    }

    private static Mono<Void> leaseNotRenewed(Throwable failure) {
        log.warn("The lease on presence channels' members was not renewed: {}", failure.toString());
        return Mono.empty();
    }

    @Override
    public synchronized void stop() {
        if (background != null) {
            background.dispose();
            background = null;
        }
    }

    /** Before the web server's, whose end is what closes the sockets that are left. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Ends the lease, so that whoever was only here is gone at once. */
    public Mono<Void> goAway() {
        return shared.endLease(node.id());
    }

    @Override
    public synchronized boolean isRunning() {
        return background != null;
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
