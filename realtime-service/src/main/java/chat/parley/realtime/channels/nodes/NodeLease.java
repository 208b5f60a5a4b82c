package chat.parley.realtime.channels.nodes;

import chat.parley.realtime.Node;
import chat.parley.service.LeavesTheChain;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * This node's lease, on which everything hangs that it holds in Redis. Whoever renews takes out what dead nodes have
 * left; whoever finds its own lease gone tells everything again.
 */
@Component
public final class NodeLease implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);

    private final Node node;
    private final SharedLeases leases;
    private final List<Holdings> holdings;
    private final NodesProperties properties;
    private @Nullable Disposable renewals;
    /** Until the others know of all it holds again. Touched by one renewal at a time. */
    private volatile boolean takenForDead;

    NodeLease(Node node, SharedLeases leases, List<Holdings> holdings, NodesProperties properties) {
        this.node = node;
        this.leases = leases;
        this.holdings = List.copyOf(holdings);
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("Gives signs of life as long as the node runs; stop() ends them")
    public synchronized void start() {
        renewals = Flux.interval(Duration.ZERO, properties.renewal())
            .onBackpressureDrop()
            .concatMap(_ -> renew().timeout(properties.lease()).onErrorResume(NodeLease::notRenewed))
            .subscribe();
    }

    Mono<Void> renew() {
        return leases
            .renew(node.id())
            .doOnNext(renewal -> takenForDead |= !renewal.wasThere())
            .flatMapIterable(SharedLeases.Renewal::ended)
            .concatMap(this::takeOut)
            .then(Mono.defer(() -> takenForDead ? tellAgain() : Mono.empty()))
            .thenMany(Flux.fromIterable(holdings))
            .concatMapDelayError(Holdings::lookAfter)
            .then();
    }

    /** The lease goes last: until then somebody will try again. */
    private Mono<Void> takeOut(String deadNode) {
        return Flux.fromIterable(holdings)
            .concatMapDelayError(held -> held.takeOut(deadNode))
            .then(Mono.defer(() -> leases.end(deadNode)));
    }

    /** The others took this node for dead, for instance because it stood still: what it holds is there all the same. */
    private Mono<Void> tellAgain() {
        return Flux.fromIterable(holdings)
            .concatMapDelayError(Holdings::tellAgain)
            .then(Mono.fromRunnable(() -> takenForDead = false));
    }

    private static Mono<Void> notRenewed(Throwable failure) {
        log.warn("The node's lease was not renewed: {}", failure.toString());
        return Mono.empty();
    }

    /** Ends the lease for good, so that what was only here is gone at once. */
    public Mono<Void> goAway() {
        return Mono.<Void>fromRunnable(this::stop)
            .then(Mono.defer(() -> takeOut(node.id())))
            .timeout(properties.lease());
    }

    @Override
    public synchronized void stop() {
        if (renewals != null) {
            renewals.dispose();
            renewals = null;
        }
    }

    /** Before the web server's, whose end is what closes the sockets that are left. */
    @Override
    public int getPhase() {
        return SharedLeases.AFTER_REDIS;
    }

    @Override
    public synchronized boolean isRunning() {
        return renewals != null;
    }
}
