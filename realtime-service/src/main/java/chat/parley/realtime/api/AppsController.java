package chat.parley.realtime.api;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.Publisher.Publication;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.service.problem.MalformedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final SignedApps apps;
    private final Publisher publisher;
    private final ChannelInfo info;

    AppsController(SignedApps apps, Publisher publisher, ChannelInfo info) {
        this.apps = apps;
        this.publisher = publisher;
        this.info = info;
    }

    @PostMapping("/events")
    Mono<Map<String, Object>> publish(
        @PathVariable String appId,
        ServerHttpRequest http,
        @RequestBody byte[] body
    ) {
        App app = apps.require(appId, http, body);
        EventRequest event = read(body, EventRequest.class);
        Wanted wanted = wanted(app, event);
        return infoOf(List.of(wanted)).flatMap(infos ->
            publish(List.of(wanted)).thenReturn(
                infos.isEmpty() ? Map.of() : Map.of("channels", infos.getFirst())
            )
        );
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
        List<Wanted> wanted = batch
            .stream()
            .map(event -> wanted(app, orMalformed(event)))
            .toList();
        return infoOf(wanted).flatMap(infos -> publish(wanted).thenReturn(answer(infos)));
    }

    private Wanted wanted(App app, EventRequest event) {
        Set<ChannelAttribute> attributes = info.read(event.info());
        List<ChannelName> channels = attributes.isEmpty() ? List.of() : event.requireChannels();
        return new Wanted(app, event.publications(app), channels, attributes);
    }

    /**
     * Asked for before anything is published: who is told that it cannot be known now may try all of it again.
     *
     * @return for each event what is known of its channels; none at all if no event asks
     */
    private Mono<List<Map<String, Map<String, Object>>>> infoOf(List<Wanted> wanted) {
        if (wanted.stream().allMatch(one -> one.attributes.isEmpty())) {
            return Mono.just(List.of());
        }
        return Flux.fromIterable(wanted)
            .concatMap(one -> info.of(one.app, one.channels, one.attributes))
            .collectList();
    }

    /** By the batch's order; an event has one channel there. */
    private static Map<String, Object> answer(List<Map<String, Map<String, Object>>> infos) {
        if (infos.isEmpty()) {
            return Map.of();
        }
        var batch = infos
            .stream()
            .map(ofChannels -> ofChannels.values().stream().findFirst().orElse(Map.of()))
            .toList();
        return Map.of("batch", batch);
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

    private Mono<Void> publish(List<Wanted> wanted) {
        // All at once and in their order: the writer is bounded, and keeps it.
        return Flux.fromIterable(wanted)
            .flatMapIterable(Wanted::publications)
            .flatMapSequential(publication -> Mono.fromFuture(() -> publisher.publish(publication)))
            .then()
            .timeout(PATIENCE);
    }

    /**
     * One event, found in order: what is to be published, and what its sender wants to know.
     *
     * @param channels of which something is asked; empty if nothing is
     */
    private record Wanted(
        App app,
        List<Publication> publications,
        List<ChannelName> channels,
        Set<ChannelAttribute> attributes
    ) {}

    private record Batch(@Nullable List<@Nullable EventRequest> batch) {}
}
