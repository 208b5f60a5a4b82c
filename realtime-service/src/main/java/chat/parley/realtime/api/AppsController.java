package chat.parley.realtime.api;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.Publisher.Publication;
import chat.parley.realtime.channels.app.App;
import chat.parley.service.problem.MalformedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/** Pusher's HTTP API, as far as it publishes. An answer means that every node will deliver. */
@RestController
@RequestMapping("/apps/{appId}")
class AppsController {

    private static final int MAX_BATCH = 10;
    /** Longer than the producer tries to deliver; only who waits behind many others waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Map<String, Object> DONE = Map.of();

    private final SignedApps apps;
    private final Publisher publisher;

    AppsController(SignedApps apps, Publisher publisher) {
        this.apps = apps;
        this.publisher = publisher;
    }

    @PostMapping("/events")
    Mono<Map<String, Object>> publish(
        @PathVariable String appId,
        ServerHttpRequest http,
        @RequestBody byte[] body
    ) {
        App app = apps.require(appId, http, body);
        return publish(read(body, EventRequest.class).publications(app));
    }

    @PostMapping("/batch_events")
    Mono<Map<String, Object>> publishBatch(
        @PathVariable String appId,
        ServerHttpRequest http,
        @RequestBody byte[] body
    ) {
        App app = apps.require(appId, http, body);
        List<@Nullable EventRequest> batch = read(body, Batch.class).batch;
        if (batch == null || batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw new MalformedRequest("A batch has 1 to 10 events.");
        }
        return publish(
            batch
                .stream()
                .flatMap(event -> orMalformed(event).publications(app).stream())
                .toList()
        );
    }

    private static <T> T read(byte[] body, Class<T> type) {
        try {
            return orMalformed(WireJson.mapper().readValue(body, type));
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    /** JSON's null is well-formed, and nothing all the same. */
    private static <T> T orMalformed(@Nullable T read) {
        if (read == null) {
            throw malformed();
        }
        return read;
    }

    private static MalformedRequest malformed() {
        return new MalformedRequest("The body is not what this address takes.");
    }

    private Mono<Map<String, Object>> publish(List<Publication> publications) {
        // All at once and in their order: the writer is bounded, and keeps it.
        return Flux.fromIterable(publications)
            .flatMapSequential(publication -> Mono.fromFuture(() -> publisher.publish(publication)))
            .then(Mono.just(DONE))
            .timeout(PATIENCE);
    }

    private record Batch(@Nullable List<@Nullable EventRequest> batch) {}
}
