package chat.parley.realtime.channels.webhook;

import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.json.MalformedEvent;
import chat.parley.contracts.webhook.WebhookCall;
import chat.parley.contracts.webhook.WebhookCall.Due;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.app.Webhook;
import chat.parley.realtime.channels.log.EventWriter;
import chat.parley.realtime.channels.webhook.Lane.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * What becomes of one call: it is posted; if it is not taken, it goes into the topic of the pause that follows, and in
 * the end into the dead letters. It is finished here only when one of these has happened.
 */
@Component
class Delivering {

    private static final Logger log = LoggerFactory.getLogger(Delivering.class);
    private static final EventCodec<WebhookCall> CODEC = EventCodec.of(WebhookCall.class);
    private static final Retry UNTIL_KAFKA_IS_BACK = Retry.backoff(
        Long.MAX_VALUE,
        Duration.ofMillis(500)
    ).maxBackoff(Duration.ofSeconds(10));
    private static final int FEWEST_WAITING = 4;

    private final Apps apps;
    private final Posting posting;
    private final EventWriter events;
    private final WebhooksProperties properties;
    private final WebhookMeters meters;
    private final Clock clock;
    private final int mostOfOneUrl;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    Delivering(
        Apps apps,
        HookedApps hooked,
        Posting posting,
        EventWriter events,
        WebhooksProperties properties,
        WebhookMeters meters,
        Clock clock
    ) {
        this.apps = apps;
        this.posting = posting;
        this.events = events;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
        // Half of what is in hand, shared out: then calls that are going to be parked still find room.
        int share = properties.inHand() / 2 / Math.max(1, hooked.urls());
        this.mostOfOneUrl = Math.max(properties.atOnce() + FEWEST_WAITING, share);
    }

    /** Never fails. */
    Mono<Void> digest(ConsumerRecord<String, byte[]> record) {
        return read(record)
            .map(call ->
                switch (call) {
                    case Due due -> deliver(due);
                }
            )
            .orElseGet(Mono::empty)
            .doFirst(meters::begun)
            .doFinally(_ -> meters.ended());
    }

    private Optional<WebhookCall> read(ConsumerRecord<String, byte[]> record) {
        try {
            return CODEC.read(record.value());
        } catch (MalformedEvent poison) {
            meters.unreadable();
            log.warn("Skipped record {}@{}: {}", record.topic(), record.offset(), poison.getMessage());
            return Optional.empty();
        }
    }

    private Mono<Void> deliver(Due call) {
        App app = apps.withId(call.appId()).orElse(null);
        Webhook webhook = app == null ? null : app.webhook(call.url());
        if (app == null || webhook == null) {
            meters.unwanted();
            return Mono.empty();
        }
        Lane lane = lanes.computeIfAbsent(call.key(), _ -> new Lane(properties.atOnce(), mostOfOneUrl));
        return Mono.fromFuture(() -> lane.run(() -> posting.post(app, webhook, call.body()).toFuture()))
            .flatMap(outcome -> settle(call, outcome))
            .then();
    }

    private Mono<Void> settle(Due call, Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> Mono.fromRunnable(meters::delivered);
            case FAILED -> Mono.fromRunnable(meters::failed).then(
                Mono.defer(() -> later(call, call.tries() + 1))
            );
            case NO_ROOM -> later(call, call.tries());
        };
    }

    private Mono<Void> later(Due call, int tries) {
        int level = properties.levelAfter(tries);
        Instant next = clock.instant().plus(properties.pauses().get(level));
        if (next.isAfter(call.at().plus(properties.patience()))) {
            return giveUp(call);
        }
        var again = new Due(call.eventId(), call.at(), call.appId(), call.url(), call.body(), tries);
        return write(RetryTopics.nameOf(level), again);
    }

    private Mono<Void> giveUp(Due call) {
        meters.givenUp();
        log.warn("Gave up telling {} after {} tries", call.url(), call.tries() + 1);
        return write(Topic.WEBHOOKS.deadLetters(), call);
    }

    private Mono<Void> write(String topic, WebhookCall call) {
        return Mono.fromFuture(() -> events.write(topic, call.key(), CODEC.write(call)))
            .retryWhen(UNTIL_KAFKA_IS_BACK)
            .then();
    }
}
