package chat.parley.message.carrying;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.media.MediaEvent;
import chat.parley.contracts.media.MediaEvent.MediaReady;
import chat.parley.contracts.media.MediaEvent.MediaRejected;
import chat.parley.contracts.media.MediaEvent.MediaUploaded;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.message.Attachments;
import chat.parley.message.Carriers;
import chat.parley.message.Lanes;
import chat.parley.message.UploadNews;
import chat.parley.service.kafka.EventIntake;
import chat.parley.service.problem.NotFound;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Listens to {@code chat.media} for what becomes of uploads, and shows it on the messages that carry them. Hearing
 * the same twice changes nothing.
 */
@Component
class MediaHeard {

    private static final int AT_ONCE = 8;

    private final EventIntake<MediaEvent> intake;
    private final Carriers carriers;
    private final Attachments attachments;
    private final Lanes lanes;

    MediaHeard(Carriers carriers, Attachments attachments, Lanes lanes, MeterRegistry meters) {
        this.carriers = carriers;
        this.attachments = attachments;
        this.lanes = lanes;
        this.intake = new EventIntake<>(MediaEvent.class, meters);
    }

    @KafkaListener(topics = "chat.media", groupId = "message-service")
    void hear(ConsumerRecord<String, byte[]> record) {
        intake.digest(record, this::digest);
    }

    private Mono<Void> digest(MediaEvent event) {
        return switch (event) {
            case MediaUploaded _ -> Mono.empty();
            case MediaReady ready -> show(ready.media());
            case MediaRejected rejected -> show(rejected.media());
        };
    }

    private Mono<Void> show(MediaSnapshot upload) {
        attachments.forget(upload.id());
        return carriers
            .of(upload.id())
            .flatMap(message -> show(message, upload), AT_ONCE)
            .then();
    }

    /** A room that has been emptied meanwhile has nothing to show any more. */
    private Mono<Void> show(MessageId message, MediaSnapshot upload) {
        return lanes
            .change(message.room(), new UploadNews(message.seq(), upload))
            .then()
            .onErrorResume(NotFound.class, _ -> Mono.empty());
    }
}
