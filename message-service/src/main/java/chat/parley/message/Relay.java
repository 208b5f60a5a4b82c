package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.message.OutboxEntry.Announcement;
import chat.parley.message.RoomOutbox.Owed;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.service.kafka.EventPublisher.Outgoing;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells Kafka what the outbox says, each room's events in their order, and settles what else is owed. */
@Component
class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final int AT_ONCE = 256;

    private final EventPublisher kafka;
    private final Pages pages;
    private final Debts debts;
    private final Lease lease;
    private final Clock clock;
    private final Timer told;

    Relay(EventPublisher kafka, Pages pages, Debts debts, Lease lease, Clock clock, MeterRegistry meters) {
        this.kafka = kafka;
        this.pages = pages;
        this.debts = debts;
        this.lease = lease;
        this.clock = clock;
        this.told = Timer.builder("parley.outbox.told")
            .description("From the storing of an event to Kafka's acknowledgement")
            .publishPercentileHistogram()
            .register(meters);
    }

    /** Tells of everything that is owed in the room; what fails is tried again until it does not. */
    Mono<Void> tellAll(RoomId room, RoomOutbox outbox) {
        return Mono.defer(() -> tellNext(room, outbox))
            .onErrorResume(failure -> pause(room, failure))
            .repeat(() -> !outbox.owesNothing())
            .then();
    }

    private Mono<Void> tellNext(RoomId room, RoomOutbox outbox) {
        List<Owed> next = outbox.next(AT_ONCE);
        return next.isEmpty()
            ? Mono.empty()
            : inTurn(room, next.getFirst()).then(Mono.defer(() -> tellNow(room, outbox, next)));
    }

    private Mono<Void> tellNow(RoomId room, RoomOutbox outbox, List<Owed> next) {
        return tell(room, next.stream().map(Owed::entry).toList())
            .then(Mono.defer(() -> payWhatIsNot(room, next)))
            .then(Mono.fromRunnable(() -> settle(outbox, next)));
    }

    /**
     * Waits until the other instances have told what they wrote before about the same messages: an edit must not
     * come before what it edits. Whoever has died has no claim to keep a room waiting for its burial.
     */
    private Mono<Void> inTurn(RoomId room, Owed entry) {
        return entry.entry().behind().isEmpty()
            ? Mono.empty()
            : Mono.defer(() -> pages.debts(entry.page()))
                  .filter(debts -> Collections.disjoint(debts, entry.entry().behind()))
                  .repeatWhenEmpty(looks -> looks.delayElements(GLANCE))
                  .then()
                  .timeout(TURN, Mono.fromRunnable(() -> log.warn("room {}: not waiting any more", room)));
    }

    private Mono<Void> payWhatIsNot(RoomId room, List<Owed> entries) {
        return Flux.fromIterable(entries)
            .filter(entry -> !entry.paid() && !lease.isOver(entry.entry().by()))
            .concatMap(entry -> debts.pay(room, entry.entry(), entry.entry().by()))
            .then();
    }

    private void settle(RoomOutbox outbox, List<Owed> entries) {
        // What a lost incarnation wrote is the sweeper's now, who has to find it as it was.
        Map<Boolean, List<Owed>> parts = entries
            .stream()
            .collect(Collectors.partitioningBy(entry -> lease.isOver(entry.entry().by())));
        outbox.disown(parts.getOrDefault(true, List.of()));
        outbox.told(parts.getOrDefault(false, List.of()));
        entries.forEach(entry -> told.record(Duration.between(entry.entry().at(), clock.instant())));
    }

    private static Mono<Void> pause(RoomId room, Throwable failure) {
        log.warn("room {}: events wait: {}", room, failure.toString());
        return Mono.delay(PAUSE).then();
    }

    /** Publishes the announcements of these entries, in their order. */
    Mono<Void> tell(RoomId room, List<OutboxEntry> entries) {
        List<Outgoing> records = entries
            .stream()
            .flatMap(entry -> entry.announcements().stream())
            .map(announcement -> record(room, announcement))
            .toList();
        return records.isEmpty() ? Mono.empty() : kafka.publish(records).timeout(PATIENCE);
    }

    private static Outgoing record(RoomId room, Announcement announcement) {
        Map<String, String> headers = announcement.mentions().isEmpty()
            ? Map.of()
            : Map.of(MessageEvent.MENTIONS_HEADER, announcement.mentions());
        return new Outgoing(
            Topic.MESSAGES,
            room.toString(),
            room.toString(),
            announcement.event().getData(),
            headers
        );
    }
}
