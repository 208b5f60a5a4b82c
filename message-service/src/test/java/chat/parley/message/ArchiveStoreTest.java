package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.parley.service.problem.Unavailable;
import com.mongodb.client.model.Filters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Old pages go to the S3 store and come back, and nobody can tell from what he reads. */
class ArchiveStoreTest extends TendedRoom {

    private static final Duration AFTER = Duration.ofDays(90);

    ArchiveStoreTest() {
        super(AFTER);
    }

    @Test
    void whatIsReadIsTheSameAsBefore() {
        fillAndSettle(instance, 300);
        var before = instance.history(room);
        assertThat(before).hasSize(300);

        archiveAll(instance);

        assertThat(instance.archive.objectsOf(room)).hasSize(4);
        assertThat(stubs()).hasSize(4);
        assertThat(instance.history(room)).isEqualTo(before);
        try (var fresh = another()) {
            assertThat(fresh.history(room)).isEqualTo(before);
            assertThat(fresh.with(media).messages().firstSeq(room).block(PATIENCE)).isEqualTo(1);
            assertThat(
                fresh.with(media).messages().stretch(room, 65, 70).block(PATIENCE).hasBefore()
            ).isTrue();
            assertThat(post(fresh)).isEqualTo(301);
        }
    }

    @Test
    void anImportGoesOnWhereItWasAndAnswersWhatIsInTheArchive() {
        instance.deliver(room, "irc", imported(0, 128)).block(PATIENCE);
        fillAndSettle(instance, 10);
        archiveAll(instance);
        assertThat(stubs()).hasSize(2);
        assertThat(ArchivedPage.read(stubs().getFirst()).outline().reached("irc")).isEqualTo(63);

        try (var fresh = another()) {
            var again = new ArrayList<>(imported(100, 140));
            again.add(imported(140, 5L));
            assertThat(fresh.deliver(room, "irc", again).block(PATIENCE)).isEqualTo(new Delivered(140, 13));
            var history = fresh.history(room);
            assertThat(history).hasSize(128 + 10 + 13);
            assertThat(history.getLast().parent()).isEqualTo(6L);
            settled(fresh);
            assertThat(page(fresh, 0).repliesTo(6).count()).isEqualTo(1);
        }
        assertThat(instance.deliver(room, "irc", imported(0, 141)).block(PATIENCE)).isEqualTo(
            new Delivered(140, 0)
        );
    }

    @Test
    void nothingIsReadableInTheArchiveAndNothingIsLeftInTheDatabase() {
        // Long enough never to turn up by chance in what looks like noise.
        instance.post(room, Drafts.named(Drafts.ANNA, "unmistakable", "first")).block(PATIENCE);
        fillAndSettle(instance, 70);

        archiveAll(instance);

        var stored = instance.archive.bytesOf(instance.archive.objectsOf(room).getFirst());
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain(
            "unmistakable",
            room.toString()
        );
        assertThat(stored.length).isLessThan(64 * 150);
        var stub = stubs().getFirst();
        assertThat(stub.toJson()).doesNotContain("sealed", "author", "content");
    }

    @Test
    void leavesAPageAloneThatHasChangedNotLongAgo() {
        fillAndSettle(instance, 130);
        clock.goOn(AFTER.minusDays(1));
        instance.post(room, Drafts.reply(Drafts.BERT, "late", 70)).block(PATIENCE);
        clock.goOn(Duration.ofDays(2));

        tend(instance);
        assertThat(stubs())
            .extracting(stub -> stub.getString("_id"))
            .containsExactly(room + "/0");

        clock.goOn(AFTER);
        tend(instance);
        assertThat(stubs()).hasSize(2);
    }

    @Test
    void comesBackForAChangeAndGoesAgain() {
        fillAndSettle(instance, 130);
        archiveAll(instance);
        var former = instance.archive.objectsOf(room);
        assertThat(former).hasSize(2);

        try (var other = another()) {
            other.post(room, Drafts.reply(Drafts.BERT, "late", 1)).block(PATIENCE);

            assertThat(page(other, 0).repliesTo(1).count()).isEqualTo(1);
            assertThat(contents(other).subList(0, 130)).isEqualTo(
                contents(instance.history(room)).subList(0, 130)
            );
            assertThat(stubs()).hasSize(1);
            assertThat(instance.archive.objectsOf(room)).hasSize(1);
        }
        clock.goOn(AFTER.plusDays(1));
        tend(instance);

        assertThat(stubs()).hasSize(2);
        assertThat(instance.archive.objectsOf(room)).hasSize(2);
        assertThat(page(instance, 0).repliesTo(1).count()).isEqualTo(1);
        assertThat(
            instance.store.one(Archive.RETURNED, all -> all.countDocuments()).block(PATIENCE)
        ).isZero();
    }

    @Test
    void countsRepliesOfManyOnceEachWhileThePageComesBack() {
        fillAndSettle(instance, 130);
        archiveAll(instance);

        try (var other = another()) {
            Flux.range(0, 40)
                .flatMap(
                    i -> (i % 2 == 0 ? other : instance).post(room, Drafts.reply(Drafts.BERT, "r" + i, 2)),
                    8
                )
                .blockLast(PATIENCE);

            await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page(other, 0).repliesTo(2).count()).isEqualTo(40));
            assertThat(stubs()).hasSize(1);
            assertThat(instance.archive.objectsOf(room)).hasSize(1);
        }
    }

    @Test
    void whileTheStoreIsAwayOnlyWhatIsThereIsOutOfReach() {
        fillAndSettle(instance, 200);
        archiveAll(instance);

        try (var cutOff = withoutItsArchive()) {
            assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> cutOff.with(media).messages().between(room, 1, 10).block(PATIENCE))
                .satisfies(failure -> assertThat(failure.retryAfter()).isPositive());
            assertThat(cutOff.with(media).messages().between(room, 193, 200).block(PATIENCE)).hasSize(8);
            assertThat(cutOff.with(media).messages().lastSeq(room).block(PATIENCE)).isEqualTo(200);
            assertThat(post(cutOff)).isEqualTo(201);
        }
        assertThat(instance.history(room)).hasSize(201);
    }

    @Test
    void whileTheStoreIsAwayNothingLeavesTheDatabase() {
        fillAndSettle(instance, 130);
        clock.goOn(AFTER.plusDays(1));
        try (var cutOff = withoutItsArchive()) {
            upkeep(cutOff).tend().block(PATIENCE);

            assertThat(stubs()).isEmpty();
        }
        tend(instance);
        assertThat(stubs()).hasSize(2);
    }

    @Test
    void aDeletedRoomTakesItsObjectsWithIt() {
        fillAndSettle(instance, 300);
        archiveAll(instance);
        instance.deletedLongAgo(room);
        var purging = instance.with(media).purging();

        await()
            .atMost(PATIENCE)
            .until(() -> {
                purging.purge().block(PATIENCE);
                return instance.documentsOf(room) == 0;
            });

        assertThat(instance.archive.objectsOf(room)).isEmpty();
    }

    @Test
    void whatIsNoLongerKeptGoesFromTheArchiveToo() {
        fillAndSettle(instance, 200);
        clock.goOn(Duration.ofDays(5));
        fillAndSettle(instance, 200);
        archiveAll(instance);
        assertThat(instance.archive.objectsOf(room)).hasSize(6);
        instance.retention().note(room, (int) AFTER.toDays() + 3).block(PATIENCE);

        tend(instance);

        assertThat(instance.history(room)).extracting(Message::seq).first().isEqualTo(201L);
        assertThat(instance.history(room)).hasSize(200);
        // The page of which half is gone has come back for that.
        assertThat(instance.archive.objectsOf(room)).hasSize(2);
    }

    @Test
    void isSealedAnewUnderAnotherKeyWithoutAnybodyNoticing() {
        fillAndSettle(instance, 70);
        archiveAll(instance);
        var former = instance.archive.objectsOf(room);
        var before = contents(instance.history(room));

        assertThat(instance.archive.archive.renew(stubs().getFirst()).block(PATIENCE)).isTrue();

        assertThat(instance.archive.objectsOf(room)).hasSize(1).doesNotContainAnyElementsOf(former);
        try (var fresh = another()) {
            assertThat(contents(fresh)).isEqualTo(before);
        }
    }

    @RepeatedTest(4)
    void whoeverDiesWheneverNothingIsLostAndNoObjectIsLeft() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("ArchiveStoreTest: seed " + seed);
        var random = new Random(seed);
        fillAndSettle(instance, 500);
        var before = contents(instance.history(room));
        clock.goOn(AFTER.plusDays(1));
        for (int death = 0; death < 4; death++) {
            var victim = brittle();
            var dying = upkeep(victim).tend().toFuture();
            var replying = victim
                .post(room, Drafts.reply(Drafts.BERT, "r", 1 + random.nextInt(400)))
                .toFuture();
            Mono.delay(Duration.ofMillis(5 + random.nextInt(200))).block(PATIENCE);
            victim.kill();
            dying.cancel(true);
            replying.cancel(true);
        }

        try (var heir = brittle()) {
            await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    heir.sweeper.sweep().block(PATIENCE);
                    heir.archive.ends.settle().block(PATIENCE);
                    return heir.store
                        .one(LooseEnds.COLLECTION, ends -> ends.countDocuments())
                        .block(PATIENCE)
                        .equals(0L);
                });

            var named = stubs()
                .stream()
                .map(stub -> ArchivedPage.read(stub).key())
                .toList();
            assertThat(heir.archive.objectsOf(room))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(named);
            assertThat(contents(heir).subList(0, 500)).as("seed %d", seed).isEqualTo(before);
            clock.goOn(AFTER.plusDays(1));
            tend(heir);
            assertThat(new HashSet<>(heir.archive.objectsOf(room)))
                .hasSize(stubs().size())
                .hasSizeGreaterThan(6);
            assertThat(contents(heir).subList(0, 500)).as("seed %d", seed).isEqualTo(before);
        }
    }

    private void archiveAll(Instance at) {
        clock.goOn(AFTER.plusDays(1));
        tend(at);
    }

    private List<Document> stubs() {
        return instance.store
            .many(Pages.COLLECTION, pages -> pages.find(Filters.exists(ArchivedPage.ARCHIVE)))
            .collectList()
            .block(PATIENCE);
    }

    private Page page(Instance at, long number) {
        return at.pages.current(new PageId(room, number)).block(PATIENCE);
    }

    private static List<String> contents(List<Message> messages) {
        return messages.stream().map(Message::content).toList();
    }

    private List<String> contents(Instance at) {
        return contents(at.history(room));
    }

    private void fillAndSettle(Instance at, int messages) {
        fill(at, messages);
        settled(at);
    }

    /** Nothing is owed any more. */
    private void settled(Instance at) {
        await()
            .atMost(PATIENCE)
            .until(() ->
                at.tails
                    .current(room)
                    .flatMapMany(tail -> Flux.range(0, (int) tail.id().number() + 1))
                    .concatMap(number -> at.pages.load(new PageId(room, number)))
                    .all(page -> page.outbox().isEmpty())
                    .block(PATIENCE)
            );
    }
}
