package chat.parley.message;

import chat.parley.message.Unlinks.Unlink;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells media-service which uploads a room has given up, on the instance that sweeps, for as long as it takes. */
@Component
final class Unlinking extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Unlinking.class);
    private static final int AT_A_TIME = 100;
    private static final int AT_ONCE = 4;

    private final Unlinks unlinks;
    private final MediaClient media;
    private final Sweeper sweeper;

    Unlinking(Unlinks unlinks, MediaClient media, Sweeper sweeper, PurgeProperties properties) {
        super(Pace.every(properties.every()));
        this.unlinks = unlinks;
        this.media = media;
        this.sweeper = sweeper;
    }

    @Override
    protected Mono<Void> round() {
        return sweeper.isInOffice() ? unlinkAll() : Mono.empty();
    }

    private Mono<Void> unlinkAll() {
        return unlinks
            .first(AT_A_TIME)
            .flatMap(unlink -> unlink(unlink).onErrorResume(Unlinking::later), AT_ONCE)
            .then();
    }

    private Mono<Void> unlink(Unlink unlink) {
        return media
            .unlink(List.of(unlink.upload()), unlink.room(), unlink.unlessSentAfter())
            .then(Mono.defer(() -> unlinks.remove(unlink)));
    }

    private static Mono<Void> later(Throwable failure) {
        log.warn("an upload is given up later: {}", failure.toString());
        return Mono.empty();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
