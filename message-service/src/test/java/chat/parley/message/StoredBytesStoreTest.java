package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What lies in the store while Kafka is away: events as well, which nobody has told yet. */
class StoredBytesStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String database = "bytes-" + UUID.randomUUID();
    private final RoomId room = RoomId.random();
    private final Words words = new Words();

    @Test
    void noWordIsInTheEventsThatAreStillToBeTold() {
        try (var instance = new Instance(database, new KafkaLog(), Instance.STEADY)) {
            instance.kafka.cut();
            instance.post(room, Drafts.says(Drafts.ANNA, words.some())).block(PATIENCE);
            instance.post(room, Drafts.reply(Drafts.BERT, words.some(), 1)).block(PATIENCE);
            instance.post(room, Drafts.attaching(file(words.one() + ".pdf"), "c")).block(PATIENCE);
            instance.lanes.change(room, new Amendment(1, words.some())).block(PATIENCE);
            instance.deliver(room, "irc", List.of(imported(words.some()))).block(PATIENCE);

            assertThat(instance.outbox(room, 0)).hasSizeGreaterThanOrEqualTo(4);
            var disk = StoredBytes.inDatabase(database);

            assertThat(disk).hasSizeGreaterThan(2);
            assertThat(disk)
                .as("%s", words)
                .allSatisfy(bytes -> assertThat(words.in(bytes)).isEmpty());
        }
    }

    private static Imported imported(String content) {
        return new Imported(
            0,
            Instant.parse("2004-11-15T12:18:00Z"),
            Drafts.ANNA,
            content,
            MessageType.TEXT,
            null,
            List.of(),
            Message.Revision.NONE,
            List.of()
        );
    }

    private static MediaSnapshot file(String name) {
        return new MediaSnapshot(
            MediaId.random(),
            "/a",
            "/a",
            name,
            "application/pdf",
            5,
            MediaStatus.READY,
            MediaMetadata.NONE
        );
    }
}
