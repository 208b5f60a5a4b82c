package chat.parley.presence.typing;

import chat.parley.contracts.EventId;
import chat.parley.contracts.presence.PresenceEvent.TypingStarted;
import chat.parley.contracts.presence.PresenceEvent.TypingStopped;
import chat.parley.presence.Interruptions;
import chat.parley.presence.PresenceEvents;
import chat.parley.presence.Shard;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells where typing begins and ends. A beginning that a crash swallows is not told again: it would be over by the
 * time. An end is always told.
 */
@Component
class Typing {

    private static final int SHARDS_AT_ONCE = 4;
    private static final int ENDS_AT_ONCE = 8;

    private final Typists typists;
    private final PresenceEvents events;
    private final Clock clock;
    private final Interruptions interruptions = new Interruptions("watching who types");

    Typing(Typists typists, PresenceEvents events, Clock clock) {
        this.typists = typists;
        this.events = events;
        this.clock = clock;
    }

    Mono<Void> set(Typist typist, boolean typing) {
        return typing ? start(typist) : stop(List.of(typist));
    }

    Mono<Void> start(Typist typist) {
        return typists
            .started(typist)
            .filter(beginning -> beginning)
            .map(_ -> new TypingStarted(EventId.random(), clock.instant(), typist.room(), typist.user()))
            .flatMap(events::publish);
    }

    /** Nothing happens to those of them who do not type. */
    Mono<Void> stop(Collection<Typist> some) {
        return typists.stopped(some).flatMap(this::tellEnd, ENDS_AT_ONCE).then();
    }

    @Scheduled(fixedDelayString = "${parley.presence.tick}")
    Mono<Void> endDue() {
        return interruptions.survive(
            Flux.fromIterable(Shard.all())
                .flatMap(typists::due, SHARDS_AT_ONCE)
                .flatMap(this::tellEnd, ENDS_AT_ONCE)
                .then()
        );
    }

    private Mono<Void> tellEnd(Typist typist) {
        return Mono.fromSupplier(() ->
            new TypingStopped(EventId.random(), clock.instant(), typist.room(), typist.user())
        )
            .flatMap(events::publish)
            .then(Mono.defer(() -> typists.told(typist)));
    }
}
