package chat.parley.realtime.channels.webhook;

import chat.parley.contracts.EventId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.webhook.WebhookCall;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Webhook;
import chat.parley.realtime.channels.log.EventWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Puts calls into Kafka: one record for each webhook that wants any of the events, or several where they are many. */
@Component
class Calls {

    private static final EventCodec<WebhookCall> CODEC = EventCodec.of(WebhookCall.class);

    private final EventWriter log;
    private final WebhooksProperties properties;
    private final Clock clock;

    Calls(EventWriter log, WebhooksProperties properties, Clock clock) {
        this.log = log;
        this.properties = properties;
        this.clock = clock;
    }

    /** Completes when Kafka has all of them; after a failure it may have some. */
    CompletableFuture<Void> write(App app, List<Told> events) {
        Instant now = clock.instant();
        return CompletableFuture.allOf(
            app
                .webhooks()
                .stream()
                .flatMap(webhook -> calls(app, webhook, events, now).stream())
                .map(call -> log.write(Topic.WEBHOOKS, call.key(), CODEC.write(call)))
                .toArray(CompletableFuture<?>[]::new)
        );
    }

    private List<WebhookCall> calls(App app, Webhook webhook, List<Told> events, Instant now) {
        List<WebhookCall> calls = new ArrayList<>();
        List<Told> batch = new ArrayList<>();
        long bytes = 0;
        for (Told event : events) {
            if (!webhook.wants(event.kind())) {
                continue;
            }
            int size = event.bytes();
            boolean full =
                batch.size() == properties.maxEvents() || bytes + size > properties.maxBody().toBytes();
            if (full && !batch.isEmpty()) {
                calls.add(call(app, webhook, batch, now));
                batch.clear();
                bytes = 0;
            }
            batch.add(event);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            calls.add(call(app, webhook, batch, now));
        }
        return calls;
    }

    private static WebhookCall call(App app, Webhook webhook, List<Told> events, Instant now) {
        String body = Told.body(now.toEpochMilli(), events);
        return new WebhookCall.Due(EventId.random(), now, app.id(), webhook.url().toString(), body, 0);
    }
}
