package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deleted rooms are emptied, whoever still writes to them and whoever dies meanwhile. */
class PurgeStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MESSAGES = 300;

    private final String database = "purge-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final FakeMedia media = new FakeMedia();
    private final RoomId room = RoomId.random();
    private final RoomId other = RoomId.random();

    @Test
    void removesEverythingOfTheRoomAndNothingElse() {
        try (var instance = new Instance(database, log, Instance.STEADY)) {
            fill(instance, room, MESSAGES);
            fill(instance, other, 70);
            long ofOther = instance.documentsOf(other);

            instance.deletedLongAgo(room);
            instance.deletedLongAgo(room);
            purgeUntilNothingIsLeft(instance);

            assertThat(instance.history(other)).hasSize(70);
            assertThat(instance.documentsOf(other)).isEqualTo(ofOther).isGreaterThan(40);
        }
    }

    @Test
    void doesNotMindARoomInWhichNobodyEverSaidAnything() {
        try (var instance = new Instance(database, log, Instance.STEADY)) {
            instance.deletedLongAgo(room);

            purgeUntilNothingIsLeft(instance);
        }
    }

    @Test
    void leavesFilesToTheRoomsThatStillHaveThem() {
        try (var instance = new Instance(database, log, Instance.STEADY)) {
            var shared = upload();
            var own = upload();
            media.isIn(shared.id(), room, other);
            media.isIn(own.id(), room);
            instance.post(room, Drafts.attaching(shared, "a")).block(PATIENCE);
            instance.post(room, Drafts.attaching(own, "b")).block(PATIENCE);

            instance.deletedLongAgo(room);
            purgeUntilNothingIsLeft(instance);

            assertThat(media.roomsOf(shared.id())).containsExactly(other);
            assertThat(media.roomsOf(own.id())).isEmpty();
        }
    }

    @Test
    void keepsAPageUntilItsFilesAreGone() {
        try (var instance = new Instance(database, log, Instance.STEADY)) {
            var file = upload();
            media.isIn(file.id(), room);
            instance.post(room, Drafts.attaching(file, "a")).block(PATIENCE);
            instance.deletedLongAgo(room);
            media.fail(true);

            instance.with(media).purging().purge().block(PATIENCE);

            assertThat(instance.history(room)).hasSize(1);
            media.fail(false);
            purgeUntilNothingIsLeft(instance);
            assertThat(media.roomsOf(file.id())).isEmpty();
        }
    }

    @Test
    void leavesARoomAloneAsLongAsSomethingCanBeOnItsWayThere() {
        try (var instance = new Instance(database, log, Instance.STEADY)) {
            fill(instance, room, 3);
            instance.deletedJustNow(room);

            instance.with(media).purging().purge().block(PATIENCE);

            assertThat(instance.history(room)).hasSize(3);
        }
    }

    @RepeatedTest(5)
    void goesOnWhereAnInstanceDied() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("PurgeStoreTest: seed " + seed);
        var random = new Random(seed);
        try (var heir = new Instance(database, log, Instance.STEADY)) {
            fill(heir, room, 1 + random.nextInt(2 * MESSAGES));
            heir.deletedLongAgo(room);
            for (int death = 0; death < 3; death++) {
                var victim = new Instance(database, log, Instance.STEADY);
                var dying = victim.with(media).purging().purge().toFuture();
                Mono.delay(Duration.ofMillis(1 + random.nextInt(60))).block(PATIENCE);
                victim.kill();
                dying.cancel(true);
            }

            purgeUntilNothingIsLeft(heir);

            assertThat(heir.documentsOf(room)).as("seed %d", seed).isZero();
        }
    }

    /** The last one to hear of the deletion writes to the end of its time, and what it writes goes with the rest. */
    @RepeatedTest(5)
    void leavesNothingOfWhatWasSentAfterTheEnd() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("PurgeStoreTest: seed " + seed);
        var random = new Random(seed);
        try (
            var writer = new Instance(database, log, Instance.STEADY);
            var heir = new Instance(database, log, Instance.STEADY)
        ) {
            fill(writer, room, 1 + random.nextInt(MESSAGES));
            heir.deletedJustNow(room);
            var late = Flux.range(0, 100)
                .flatMap(i -> writer.post(room, Drafts.named(Drafts.BERT, "late " + i, "late" + i)), 8)
                .then()
                .toFuture();
            heir.with(media).purging().purge().block(PATIENCE);
            assertThat(late).succeedsWithin(PATIENCE);

            heir.deletedLongAgo(room);
            purgeUntilNothingIsLeft(heir);

            assertThat(heir.documentsOf(room)).as("seed %d", seed).isZero();
        }
    }

    private void purgeUntilNothingIsLeft(Instance instance) {
        var purging = instance.with(media).purging();
        await()
            .atMost(PATIENCE)
            .until(() -> {
                purging.purge().block(PATIENCE);
                return instance.documentsOf(room) == 0;
            });
    }

    private static void fill(Instance instance, RoomId room, int messages) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            drafts.add(Drafts.named(Drafts.ANNA, "m" + i, i % 3 == 0 ? null : "c" + i));
        }
        Flux.fromIterable(drafts)
            .flatMap(draft -> instance.post(room, draft), 64)
            .blockLast(PATIENCE);
    }

    private MediaSnapshot upload() {
        var id = media.upload(Drafts.ANNA, MediaStatus.READY);
        return new MediaSnapshot(
            id,
            "/a",
            "/a",
            "a.png",
            "image/png",
            5,
            MediaStatus.READY,
            MediaMetadata.NONE
        );
    }
}
