package chat.parley.room.outbox;

import chat.parley.contracts.Topic;
import chat.parley.room.Outbox;
import chat.parley.service.LeavesTheChain;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.service.kafka.EventPublisher.Outgoing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the outbox to Kafka: after each commit of this instance at once, and what others left behind now and then.
 * One round at a time; while Kafka or the database is away, the events wait where they are.
 */
@Component
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    // A round that hangs (a database that went without a word) would keep all later ones waiting for ever.
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final WaitingEvents waiting;
    private final EventPublisher publisher;
    private final OutboxProperties properties;
    private final Lag lag = new Lag();
    private volatile @Nullable Disposable running;

    OutboxRelay(
        Outbox outbox,
        WaitingEvents waiting,
        EventPublisher publisher,
        OutboxProperties properties,
        MeterRegistry meters
    ) {
        this.outbox = outbox;
        this.waiting = waiting;
        this.publisher = publisher;
        this.properties = properties;
        TimeGauge.builder("parley.outbox.lag", lag, TimeUnit.MILLISECONDS, known -> known.now().toMillis())
            .description("Age of the oldest event that may not be in Kafka yet; grows while nobody can look")
            .register(meters);
    }

    @Override
    @LeavesTheChain("a loop of the service's own, as long as it runs; every round reports its own errors")
    public synchronized void start() {
        Flux<Boolean> ticks = Flux.interval(properties.pollInterval())
            .onBackpressureDrop()
            .map(_ -> true);
        // Latest, not drop: a commit during a round means that one more round has to follow.
        running = Flux.merge(outbox.commits(), ticks)
            .onBackpressureLatest()
            .concatMap(_ -> rounds(), 0)
            .subscribe();
    }

    private Mono<Void> rounds() {
        return round()
            .repeat()
            .takeWhile(sent -> sent > 0)
            .then(look())
            .onErrorResume(error -> {
                lag.couldNotLook();
                log.warn("events wait in the outbox: {}", error.toString());
                return Mono.empty();
            });
    }

    private Mono<Void> look() {
        return waiting
            .oldestAge()
            .timeout(LONGEST_LOOK)
            .map(Optional::of)
            .defaultIfEmpty(Optional.empty())
            .doOnNext(lag::looked)
            .then();
    }

    /** How many events have gone out. */
    private Mono<Integer> round() {
        return waiting.take(properties.batch(), this::publish).timeout(LONGEST_ROUND);
    }

    private Mono<List<Long>> publish(List<WaitingEvent> events) {
        lag.looked(events.stream().findFirst().map(WaitingEvent::age));
        Map<Object, List<WaitingEvent>> byRoom = events
            .stream()
            .collect(Collectors.groupingBy(WaitingEvent::room));
        return Flux.fromIterable(byRoom.values())
            .flatMap(this::publishInOrder, properties.roomsAtOnce())
            .collectList();
    }

    /** Their ids once Kafka has them all; if it does not, all of the room's wait, in their order. */
    private Flux<Long> publishInOrder(Collection<WaitingEvent> events) {
        return publisher
            .publish(events.stream().map(OutboxRelay::outgoing).toList())
            .thenMany(Flux.fromIterable(events))
            .map(WaitingEvent::id)
            .onErrorResume(error -> {
                log.warn("Kafka does not take events: {}", error.toString());
                return Flux.empty();
            });
    }

    private static Outgoing outgoing(WaitingEvent event) {
        byte[] value = event.payload().getBytes(StandardCharsets.UTF_8);
        return new Outgoing(Topic.ROOMS, event.key(), event.room().toString(), value, Map.of());
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
        }
        running = null;
    }

    /** Stops after the web server, whose last answers may be of changes that have to be told. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
