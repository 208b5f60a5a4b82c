package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.MessageFailure.Unsettled;
import chat.parley.service.LeavesTheChain;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The lanes of all rooms that are written to on this instance. */
@Component
public final class Lanes implements SmartLifecycle {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int PAGES_TO_TIDY = 4;

    // An instance strikes out what it has settled within half a second, even in a room where nothing happens.
    private static final Duration UNSETTLED_PAUSE = Duration.ofMillis(100);
    private static final int UNSETTLED_LOOKS = 30;

    private final Commits commits;
    private final Alterations alterations;
    private final Deliveries deliveries;
    private final Relay relay;
    private final Tidying tidying;
    private final LaneProperties properties;
    private final Clock clock;
    private final Counter sent;
    private final Map<RoomId, Way> ways = new ConcurrentHashMap<>();
    private final AtomicInteger owed = new AtomicInteger();
    private final Turns writers = new Turns();
    private final Turns tellers = new Turns();
    private volatile Disposable running = Disposables.disposed();
    private volatile boolean closing;

    Lanes(
        Commits commits,
        Alterations alterations,
        Deliveries deliveries,
        Relay relay,
        Tidying tidying,
        LaneProperties properties,
        Clock clock,
        MeterRegistry meters
    ) {
        this.commits = commits;
        this.alterations = alterations;
        this.deliveries = deliveries;
        this.relay = relay;
        this.tidying = tidying;
        this.properties = properties;
        this.clock = clock;
        this.sent = Counter.builder("parley.messages.sent").register(meters);
        meters.gaugeMapSize("parley.lanes", List.of(), ways);
        meters.gauge("parley.outbox.owed", owed);
        TimeGauge.builder("parley.outbox.lag", this, TimeUnit.MILLISECONDS, Lanes::lagMillis)
            .description("Age of the oldest event that Kafka does not have yet")
            .register(meters);
    }

    private double lagMillis() {
        return ways
            .values()
            .stream()
            .flatMap(way -> way.lane.outbox().oldest().stream())
            .min(Instant::compareTo)
            .map(oldest -> Duration.between(oldest, clock.instant()).toMillis())
            .orElse(0L);
    }

    /**
     * Stores the message at the end of the room; completes when it is durable.
     *
     * @throws Unavailable (in the Mono) if there is no space to wait, or the store does not answer; the message may
     *     then have been stored nevertheless, which a second try with the same client id finds out
     */
    public Mono<Posted> post(RoomId room, Draft draft) {
        return Mono.defer(() -> {
            Ticket ticket = new Ticket(draft);
            return enter(room, ticket).then(ticket.answer());
        }).doOnNext(this::count);
    }

    private void count(Posted posted) {
        if (!posted.repeated()) {
            sent.increment();
        }
    }

    /**
     * Changes a message of the room; completes when that is durable. Changes of one room wait in the same lane as its
     * messages: so their events are told in the order in which they became true.
     *
     * @throws Unavailable (in the Mono) as {@link #post}; the change may then have been made nevertheless
     * @throws NotFound (in the Mono) if there is no such message
     */
    public Mono<Altered> change(RoomId room, Alteration alteration) {
        return Mono.defer(() -> {
            Wish wish = new Wish(alteration);
            return enter(room, wish).then(wish.answer());
        }).retryWhen(
            Retry.fixedDelay(UNSETTLED_LOOKS, UNSETTLED_PAUSE)
                .filter(Unsettled.class::isInstance)
                .onRetryExhaustedThrow((_, last) -> last.failure())
        );
    }

    /**
     * Stores messages of an import at the end of the room, as far as they are not there yet; completes when all are
     * durable. They wait in the same lane as what people write.
     *
     * @throws Unavailable (in the Mono) as {@link #post}; some of them may then have been stored, which a second try finds
     *     out
     */
    public Mono<Delivered> deliver(RoomId room, String source, List<Imported> messages) {
        return Mono.defer(() -> {
            Delivery delivery = new Delivery(source, messages);
            return enter(room, delivery).then(delivery.answer());
        });
    }

    /** Completes when the request stands in the lane's queue. */
    private Mono<Void> enter(RoomId room, Request request) {
        if (closing || owed.get() >= properties.owed()) {
            return full();
        }
        while (true) {
            Way way = ways.get(room);
            if (way == null) {
                if (ways.size() >= properties.rooms()) {
                    return full();
                }
                way = ways.computeIfAbsent(room, Way::new);
            }
            switch (way.lane.enter(request)) {
                case IN -> {
                    way.writing.ask();
                    return Mono.empty();
                }
                case FULL -> {
                    return full();
                }
                case CLOSED -> ways.remove(room, way);
            }
        }
    }

    private static Mono<Void> full() {
        return Mono.error(() ->
            new Unavailable("Too many messages are waiting to be stored right now.", RETRY_AFTER)
        );
    }

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public void start() {
        closing = false;
        Scheduler scheduler = Schedulers.newParallel("lanes", Runtime.getRuntime().availableProcessors());
        running = Disposables.composite(
            writers.give(properties.commits(), scheduler),
            tellers.give(properties.commits(), scheduler),
            Flux.interval(properties.tidyEvery(), scheduler)
                .onBackpressureDrop()
                .subscribe(_ -> tidyQuiet()),
            scheduler
        );
    }

    private void tidyQuiet() {
        for (Way way : ways.values()) {
            if (tidying.isDue(way.lane)) {
                way.writing.ask();
            }
        }
    }

    /** Lets nobody in any more and says what there is to say, for as long as that is worth waiting for. */
    @Override
    @LeavesTheChain("The lifecycle waits for the callback.")
    public void stop(Runnable callback) {
        closing = true;
        Flux.interval(Duration.ZERO, GLANCE)
            .onBackpressureDrop()
            .takeUntil(_ -> isFinished())
            .take(LAST_WORDS)
            .then(Mono.defer(this::leave))
            .doFinally(_ -> {
                running.dispose();
                callback.run();
            })
            .subscribe();
    }

    private boolean isFinished() {
        return ways
            .values()
            .stream()
            .allMatch(way -> way.lane.isQuiet() && way.lane.outbox().owesNothing());
    }

    private Mono<Void> leave() {
        return Flux.fromIterable(ways.values())
            .flatMap(way -> tidying.leave(way.lane), properties.commits())
            .then()
            .timeout(LAST_WORDS)
            .onErrorComplete();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Before the web server, and after it has ended its last request. */
    @Override
    public int getPhase() {
        return 0;
    }

    private static <T extends Request> List<T> ofKind(Class<T> kind, List<Request> requests) {
        return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A room's lane and the two who work for it. */
    private final class Way {

        private final Lane lane;
        private final Turns.Party writing;
        private final Turns.Party telling;

        Way(RoomId room) {
            this.lane = new Lane(room, properties.waiting(), new RoomOutbox(owed));
            this.writing = writers.party(this::write);
            this.telling = tellers.party(this::tell);
        }

        private Mono<Void> write() {
            List<Request> requests = lane.take();
            return requests.isEmpty() ? tidy() : serve(requests).then(Mono.defer(this::goOn));
        }

        private Mono<Void> serve(List<Request> requests) {
            List<Ticket> tickets = ofKind(Ticket.class, requests);
            List<Wish> wishes = ofKind(Wish.class, requests);
            Mono<Void> posting = tickets.isEmpty() ? Mono.empty() : commits.commit(lane, tickets);
            List<Delivery> imports = ofKind(Delivery.class, requests);
            Mono<Void> changing = wishes.isEmpty()
                ? posting
                : posting.then(Mono.defer(() -> alterations.commit(lane, wishes)));
            return imports.isEmpty()
                ? changing
                : changing.then(Mono.defer(() -> deliveries.commit(lane, imports)));
        }

        private Mono<Void> goOn() {
            if (!lane.outbox().owesNothing()) {
                telling.ask();
            }
            if (!lane.isQuiet()) {
                writing.ask();
            }
            return lane.outbox().pages().size() > PAGES_TO_TIDY ? tidy() : Mono.empty();
        }

        private Mono<Void> tidy() {
            return tidying.tidy(lane).doOnSuccess(_ -> endIfDone());
        }

        private void endIfDone() {
            if (!lane.outbox().owesNothing()) {
                telling.ask();
            }
            if (tidying.isDone(lane) && lane.close()) {
                ways.remove(lane.room(), this);
            }
        }

        private Mono<Void> tell() {
            return relay.tellAll(lane.room(), lane.outbox());
        }
    }
}
