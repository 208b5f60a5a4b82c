package chat.parley.media.announcing;

import chat.parley.contracts.EventId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.media.MediaEvent;
import chat.parley.contracts.media.MediaEvent.MediaReady;
import chat.parley.contracts.media.MediaEvent.MediaUploaded;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaLinks;
import chat.parley.service.kafka.EventPublisher;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells of an upload on {@link Topic#MEDIA}, and closes its entry in the {@link Journal} once that is done. */
@Component
public class Announcements {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);

    // Longer than Kafka usually needs.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventPublisher events;
    private final EventCodec<MediaEvent> codec = EventCodec.of(MediaEvent.class);
    private final MediaLinks links;
    private final Journal journal;

    Announcements(EventPublisher events, MediaLinks links, Journal journal) {
        this.events = events;
        this.links = links;
        this.journal = journal;
    }

    /**
     * Tells of it, without keeping the client waiting for long: an upload does not fail because Kafka is away. What
     * has begun goes on, and what fails is left to the recovery.
     */
    public Mono<Void> announce(Journal.Entry entry, MediaFile file) {
        Mono<Void> told = tell(entry, file)
            .doOnError(cause -> log.warn("{} will be announced later: {}", file.id(), cause.toString()))
            .onErrorComplete()
            .cache();
        return Mono.firstWithSignal(told, Mono.delay(PATIENCE).then());
    }

    /** Tells of it, and fails if that cannot be done. */
    public Mono<Void> tell(Journal.Entry entry, MediaFile file) {
        Mono<Void> ready = file.status() == MediaStatus.READY ? publish(ready(entry, file)) : Mono.empty();
        return publish(uploaded(entry, file)).then(ready).then(journal.close(entry));
    }

    private Mono<Void> publish(MediaEvent event) {
        return events.publish(Topic.MEDIA, event.key(), event.partitionKey(), codec.write(event), Map.of());
    }

    private MediaEvent uploaded(Journal.Entry entry, MediaFile file) {
        return new MediaUploaded(
            EventId.of(entry.uploadedEvent()),
            file.uploadedAt(),
            file.id(),
            file.owner(),
            links.describe(file.with(MediaStatus.PROCESSING))
        );
    }

    private MediaEvent ready(Journal.Entry entry, MediaFile file) {
        return new MediaReady(
            EventId.of(entry.readyEvent()),
            file.uploadedAt(),
            file.id(),
            file.owner(),
            links.describe(file)
        );
    }
}
