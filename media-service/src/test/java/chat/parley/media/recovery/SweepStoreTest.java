package chat.parley.media.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.media.MediaEvent;
import chat.parley.contracts.media.MediaEvent.MediaReady;
import chat.parley.contracts.media.MediaEvent.MediaUploaded;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.MediaTest;
import chat.parley.media.announcing.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.kafka.core.ConsumerFactory;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a crash leaves is laid out here by hand, at each point where one can happen. */
@MediaTest
class SweepStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BUCKET = "parley-media";

    private final Sweep sweep;
    private final Journal journal;
    private final MediaFiles files;
    private final ReactiveMongoTemplate mongo;
    private final S3AsyncClient s3;
    private final ConsumerFactory<String, byte[]> consumers;
    private final MediaId id = MediaId.random();

    SweepStoreTest(
        Sweep sweep,
        Journal journal,
        MediaFiles files,
        ReactiveMongoTemplate mongo,
        S3AsyncClient s3,
        ConsumerFactory<String, byte[]> consumers
    ) {
        this.sweep = sweep;
        this.journal = journal;
        this.files = files;
        this.mongo = mongo;
        this.s3 = s3;
        this.consumers = consumers;
    }

    @Test
    void announcesWhatWasStoredAndNeverToldOf() {
        Journal.Entry entry = journal.open(id).block(PATIENCE);
        files.add(file()).block(PATIENCE);

        sweep.sweep().block(PATIENCE);
        sweep.sweep().block(PATIENCE);

        List<MediaEvent> told = eventsOf(id);
        assertThat(told)
            .extracting(event -> event.getClass().getSimpleName())
            .containsExactly("MediaUploaded", "MediaReady");
        assertThat(told)
            .extracting(event -> event.eventId().toString())
            .containsExactly(entry.uploadedEvent(), entry.readyEvent());
        assertThat(((MediaUploaded) told.getFirst()).media().status()).isEqualTo(MediaStatus.PROCESSING);
        assertThat(((MediaReady) told.getLast()).media().status()).isEqualTo(MediaStatus.READY);
        assertThat(entryExists()).isFalse();
    }

    @Test
    void removesBytesThatNobodyKnowsOf() {
        journal.open(id).block(PATIENCE);
        s3
            .putObject(put -> put.bucket(BUCKET).key(id + "/original"), AsyncRequestBody.fromString("lost"))
            .join();

        sweep.sweep().block(PATIENCE);

        assertThat(objects()).doesNotContain(id + "/original");
        assertThat(entryExists()).isFalse();
    }

    @Test
    void endsUploadsInPartsThatNobodyWillFinish() {
        journal.open(id).block(PATIENCE);
        s3.createMultipartUpload(open -> open.bucket(BUCKET).key(id + "/original")).join();

        sweep.sweep().block(PATIENCE);

        assertThat(
            s3
                .listMultipartUploads(list -> list.bucket(BUCKET))
                .join()
                .uploads()
        ).noneMatch(upload -> upload.key().equals(id + "/original"));
        assertThat(entryExists()).isFalse();
    }

    @Test
    void letsNoUploadThatCannotBeSettledKeepTheOthersWaiting() {
        MediaId broken = MediaId.random();
        mongo
            .insert(new Journal.Entry(broken.toString(), Instant.EPOCH, "no event's id", "nor this"))
            .block(PATIENCE);
        files.add(file(broken)).block(PATIENCE);
        journal.open(id).block(PATIENCE);
        files.add(file()).block(PATIENCE);

        sweep.sweep().block(PATIENCE);

        assertThat(eventsOf(id)).hasSize(2);
        assertThat(entryExists()).isFalse();
    }

    private MediaFile file() {
        return file(id);
    }

    private static MediaFile file(MediaId id) {
        return new MediaFile(
            id,
            UserId.random(),
            "a",
            "text/plain",
            1,
            "00",
            MediaStatus.READY,
            null,
            Instant.EPOCH
        );
    }

    private boolean entryExists() {
        return journal
            .all()
            .any(entry -> entry.mediaId().equals(id))
            .blockOptional(PATIENCE)
            .orElse(false);
    }

    private List<String> objects() {
        return s3
            .listObjectsV2(list -> list.bucket(BUCKET))
            .join()
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    }

    /** All of the topic from its beginning, as far as it is about this upload. */
    private List<MediaEvent> eventsOf(MediaId wanted) {
        List<MediaEvent> found = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = consumers.createConsumer("sweep-test", "-" + wanted)) {
            var partitions = consumer
                .partitionsFor(Topic.MEDIA.wireName())
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
            var ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (
                partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))
            ) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(wanted.toString())) {
                        Optional<MediaEvent> event = EventCodec.of(MediaEvent.class).read(record.value());
                        event.ifPresent(found::add);
                    }
                }
            }
        }
        return found;
    }
}
