package chat.parley.media.recovery;

import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.announcing.Announcements;
import chat.parley.media.announcing.Journal;
import chat.parley.media.storage.Blobs;
import chat.parley.service.rounds.Pace;
import chat.parley.service.rounds.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends what crashes have interrupted: announces uploads that were stored and never told of, and removes the bytes of
 * those that were never finished. Two instances may do the same at once; doing it twice does no harm.
 */
@Component
class Sweep extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int AT_ONCE = 4;

    private final Journal journal;
    private final MediaFiles files;
    private final Blobs blobs;
    private final Announcements announcements;
    private final SweepProperties properties;
    private final Clock clock;

    Sweep(
        Journal journal,
        MediaFiles files,
        Blobs blobs,
        Announcements announcements,
        SweepProperties properties,
        Clock clock
    ) {
        super(Pace.every(properties.every()).fromTheStart());
        this.journal = journal;
        this.files = files;
        this.blobs = blobs;
        this.announcements = announcements;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> round() {
        return sweep();
    }

    Mono<Void> sweep() {
        return journal
            .all()
            .filter(entry -> isOlderThan(properties.patience(), entry))
            .flatMap(this::settleOrLeave, AT_ONCE)
            .then();
    }

    /** One that cannot be settled keeps none of the others waiting. */
    private Mono<Void> settleOrLeave(Journal.Entry entry) {
        return settle(entry).onErrorResume(cause -> {
            log.warn("The upload {} will be settled later: {}", entry.id(), cause.toString());
            return Mono.empty();
        });
    }

    private Mono<Void> settle(Journal.Entry entry) {
        return files
            .find(entry.mediaId())
            .flatMap(file -> announcements.tell(entry, file).thenReturn(file))
            .switchIfEmpty(Mono.defer(() -> removeIfAbandoned(entry)))
            .then();
    }

    private Mono<MediaFile> removeIfAbandoned(Journal.Entry entry) {
        if (!isOlderThan(properties.abandoned(), entry)) {
            return Mono.empty();
        }
        log.info("Removing what is left of the upload {}", entry.id());
        return blobs
            .delete(entry.mediaId(), MediaFile.ORIGINAL)
            .then(journal.close(entry))
            .then(Mono.empty());
    }

    private boolean isOlderThan(Duration age, Journal.Entry entry) {
        Instant now = clock.instant();
        return entry.openedAt().isBefore(now.minus(age));
    }
}
