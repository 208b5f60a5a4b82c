package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.message.reactions.AddReaction;
import chat.parley.message.reactions.ReactionWish;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rooms keep what is young enough, all of it and nothing else, whoever dies meanwhile. */
class RetentionStoreTest extends TendedRoom {

    private static final Duration DAY = Duration.ofDays(1);

    RetentionStoreTest() {
        super(Duration.ZERO);
    }

    @Test
    void removesWhatIsOlderToTheMessage() {
        fill(instance, 100);
        clock.goOn(DAY.multipliedBy(5));
        fill(instance, 200);
        keepFor(30);

        clock.goOn(DAY.multipliedBy(26));
        tend(instance);

        assertThat(seqs(instance)).containsExactlyElementsOf(range(101, 300));
        assertThat(find(100)).isNull();
        assertThat(find(101)).isNotNull();
        assertThat(instance.pages.exists(new PageId(room, 0)).block(PATIENCE)).isFalse();
        assertThat(instance.with(media).messages().firstSeq(room).block(PATIENCE)).isEqualTo(101);
        try (var fresh = another()) {
            assertThat(seqs(fresh)).containsExactlyElementsOf(range(101, 300));
            assertThat(post(fresh)).isEqualTo(301);
        }
        assertThat(post(instance)).isEqualTo(302);
    }

    @Test
    void knowsOfEveryStretchWhetherAnythingIsBeforeIt() {
        fill(instance, 100);
        clock.goOn(DAY.multipliedBy(5));
        fill(instance, 200);
        keepFor(30);
        clock.goOn(DAY.multipliedBy(26));
        tend(instance);
        var messages = instance.with(media).messages();

        assertThat(messages.stretch(room, 102, 110).block(PATIENCE).hasBefore()).isTrue();
        assertThat(messages.stretch(room, 101, 110).block(PATIENCE).hasBefore()).isFalse();
        assertThat(messages.stretch(room, 129, 140).block(PATIENCE).hasBefore()).isTrue();
        assertThat(messages.stretch(room, 301, 300).block(PATIENCE).hasBefore()).isTrue();
        var across = messages.stretch(room, 90, 110).block(PATIENCE);
        assertThat(across.hasBefore()).isFalse();
        assertThat(across.data()).hasSize(10);
        assertThat(messages.stretch(room, 60, 70).block(PATIENCE).data()).isEmpty();
    }

    @Test
    void keepsTheNextNumberWhenNothingElseIsLeft() {
        fill(instance, 130);
        keepFor(1);

        clock.goOn(DAY.multipliedBy(3));
        tend(instance);

        assertThat(seqs(instance)).isEmpty();
        assertThat(instance.with(media).messages().newest(room).block(PATIENCE)).isNull();
        assertThat(instance.with(media).messages().firstSeq(room).block(PATIENCE)).isEqualTo(131);
        assertThat(
            instance.with(media).messages().stretch(room, 81, 130).block(PATIENCE).hasBefore()
        ).isFalse();
        try (var fresh = another()) {
            assertThat(post(fresh)).isEqualTo(131);
            owesNothing(fresh, 2);
        }
        clock.goOn(DAY.multipliedBy(3));
        assertThat(post(instance)).isEqualTo(132);
        tend(instance);
        assertThat(seqs(instance)).containsExactly(132L);
    }

    @Test
    void goesOnAfterAFullPageOfWhichNothingIsLeft() {
        fill(instance, 128);
        keepFor(1);

        clock.goOn(DAY.multipliedBy(3));
        tend(instance);

        assertThat(seqs(instance)).isEmpty();
        try (var fresh = another()) {
            assertThat(post(fresh)).isEqualTo(129);
        }
        assertThat(seqs(instance)).containsExactly(129L);
    }

    @Test
    void bringsNothingBackWhenMoreIsToBeKeptAndRemovesMoreWhenLess() {
        fill(instance, 70);
        clock.goOn(DAY.multipliedBy(10));
        fill(instance, 70);
        clock.goOn(DAY.multipliedBy(10));
        fill(instance, 70);
        keepFor(15);
        tend(instance);
        assertThat(seqs(instance)).containsExactlyElementsOf(range(71, 210));

        keepFor(1000);
        tend(instance);
        assertThat(seqs(instance)).containsExactlyElementsOf(range(71, 210));

        keepFor(5);
        tend(instance);
        assertThat(seqs(instance)).containsExactlyElementsOf(range(141, 210));

        instance.retention().forget(room).block(PATIENCE);
        clock.goOn(DAY.multipliedBy(100));
        tend(instance);
        assertThat(seqs(instance)).containsExactlyElementsOf(range(141, 210));
    }

    @Test
    void looksAgainByItselfWhenTheNextMessageHasGrownTooOld() {
        fill(instance, 10);
        keepFor(30);
        tend(instance);
        for (int day = 0; day < 29; day++) {
            clock.goOn(DAY);
            tend(instance);
        }
        assertThat(seqs(instance)).hasSize(10);

        clock.goOn(DAY.plusMinutes(1));
        tend(instance);

        assertThat(seqs(instance)).isEmpty();
    }

    @Test
    void leavesRoomsAloneThatKeepEverything() {
        fill(instance, 10);
        clock.goOn(DAY.multipliedBy(10_000));

        tend(instance);

        assertThat(seqs(instance)).hasSize(10);
        assertThat(instance.rooms.due(10).collectList().block(PATIENCE)).isEmpty();
    }

    @Test
    void keepsAPageUntilItsEventsAreTold() {
        instance.kafka.cut();
        fill(instance, 70);
        keepFor(1);
        clock.goOn(DAY.multipliedBy(2));

        upkeep(instance).tend().block(PATIENCE);

        assertThat(instance.pages.exists(new PageId(room, 0)).block(PATIENCE)).isTrue();
        assertThat(instance.outbox(room, 0)).isNotEmpty();
    }

    @Test
    void endsFilesWithTheLastMessageThatHasThem() {
        var own = upload();
        var again = upload();
        media.isIn(own.id(), room);
        media.isIn(again.id(), room);
        instance.post(room, Drafts.attaching(own, "a")).block(PATIENCE);
        instance.post(room, Drafts.attaching(again, "b")).block(PATIENCE);
        clock.goOn(DAY.multipliedBy(10));
        media.linkedAt(own.id(), clock.instant().minus(DAY.multipliedBy(10)));
        media.linkedAt(again.id(), clock.instant());
        instance.post(room, Drafts.attaching(again, "c")).block(PATIENCE);
        keepFor(5);

        tend(instance);
        assertThat(seqs(instance)).containsExactly(3L);
        assertThat(media.roomsOf(own.id())).isEmpty();
        assertThat(media.roomsOf(again.id())).containsExactly(room);

        clock.goOn(DAY.multipliedBy(6));
        tend(instance);
        assertThat(media.roomsOf(again.id())).isEmpty();
    }

    @Test
    void whatBelongsToAMessageGoesWithItAndNothingElse() {
        var files = List.of(upload(), upload(), upload());
        instance.post(room, Drafts.attaching(files.get(0), "a")).block(PATIENCE);
        fill(instance, 70);
        instance.post(room, Drafts.attaching(files.get(1), "b")).block(PATIENCE);
        clock.goOn(DAY.multipliedBy(5));
        fill(instance, 56);
        for (var parent : List.of(1, 70, 100)) {
            instance.post(room, Drafts.reply(Drafts.BERT, "r", parent)).block(PATIENCE);
            reactByMany(parent);
        }
        instance.post(room, Drafts.attaching(files.get(2), "c")).block(PATIENCE);
        assertThat(messagesWith(Reactors.COLLECTION)).containsExactly("1", "100", "70");
        assertThat(messagesWith(ReplyLists.COLLECTION)).containsExactly("1", "100", "70");
        owesNothing(instance, 0);
        owesNothing(instance, 1);
        keepFor(3);

        tend(instance);

        assertThat(seqs(instance)).containsExactlyElementsOf(range(73, 132));
        assertThat(messagesWith(Reactors.COLLECTION)).containsExactly("100");
        assertThat(messagesWith(ReplyLists.COLLECTION)).containsExactly("100");
        assertThat(messagesThatCarry(files.get(0))).isEmpty();
        assertThat(messagesThatCarry(files.get(1))).isEmpty();
        assertThat(messagesThatCarry(files.get(2))).containsExactly(new MessageId(room, 132));
        instance.post(room, Drafts.reply(Drafts.BERT, "late", 1)).block(PATIENCE);
        instance.post(room, Drafts.reply(Drafts.BERT, "late", 70)).block(PATIENCE);
        owesNothing(instance, 2);
        assertThat(messagesWith(ReplyLists.COLLECTION)).containsExactly("100");
    }

    private void reactByMany(long seq) {
        var reactors = new Reactors(instance.store, instance.lease);
        Flux.range(0, 230)
            .map(_ -> new ReactionWish(new MessageId(room, seq), UserId.random(), "👍", null))
            .flatMap(wish -> instance.lanes.change(room, new AddReaction(wish, reactors)).retry(200), 50)
            .blockLast(PATIENCE);
    }

    /** The messages, in the order of their digits, to which documents of that kind belong. */
    private List<String> messagesWith(String collection) {
        return instance.store
            .many(collection, all -> all.find())
            .map(found -> found.getString("_id").split("/")[1])
            .distinct()
            .sort()
            .collectList()
            .block(PATIENCE);
    }

    private List<MessageId> messagesThatCarry(MediaSnapshot file) {
        return new Carriers(instance.store, new Unlinks(instance.store), instance.lease)
            .of(file.id())
            .collectList()
            .block(PATIENCE);
    }

    @Test
    void anImportGoesOnAndFindsWhatIsLeftOfItself() {
        instance.deliver(room, "irc", imported(0, 300)).block(PATIENCE);
        clock.goOn(DAY.multipliedBy(5));
        instance.deliver(room, "irc", imported(300, 400)).block(PATIENCE);
        owesNothing(instance, 4);
        keepFor(3);
        tend(instance);
        assertThat(seqs(instance)).containsExactlyElementsOf(range(301, 400));

        try (var fresh = another()) {
            var more = List.of(imported(399, null), imported(400, 10L), imported(401, 310L));
            assertThat(fresh.deliver(room, "irc", more).block(PATIENCE)).isEqualTo(new Delivered(401, 2));
            assertThat(fresh.history(room).subList(100, 102))
                .extracting(Message::parent)
                .containsExactly(null, 311L);
        }
    }

    @Test
    void keepsMessagesUntilTheirFilesAreGone() {
        var file = upload();
        media.isIn(file.id(), room);
        instance.post(room, Drafts.attaching(file, "a")).block(PATIENCE);
        keepFor(1);
        clock.goOn(DAY.multipliedBy(2));
        media.fail(true);

        upkeep(instance).tend().block(PATIENCE);
        assertThat(seqs(instance)).hasSize(1);

        media.fail(false);
        tend(instance);
        assertThat(seqs(instance)).isEmpty();
        assertThat(media.roomsOf(file.id())).isEmpty();
    }

    @Test
    void aDeletedRoomOfWhichTheBeginningIsGoneIsEmptiedToTheEnd() {
        fill(instance, 400);
        clock.goOn(DAY.multipliedBy(5));
        fill(instance, 200);
        keepFor(3);
        upkeep(instance).tend().block(PATIENCE);
        assertThat(instance.pages.exists(new PageId(room, 0)).block(PATIENCE)).isFalse();

        instance.deletedLongAgo(room);
        instance.retention().forget(room).block(PATIENCE);
        var purging = instance.with(media).purging();
        await()
            .atMost(PATIENCE)
            .until(() -> {
                purging.purge().block(PATIENCE);
                return instance.documentsOf(room) == 0;
            });
    }

    /** Two tend the room, others die while they do, and all the time somebody writes to it. */
    @RepeatedTest(4)
    void whoeverDiesNothingYoungIsLostAndNothingOldIsLeft() {
        var seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.println("RetentionStoreTest: seed " + seed);
        var random = new Random(seed);
        int old = 100 + random.nextInt(500);
        fill(instance, old);
        clock.goOn(DAY.multipliedBy(5));
        int young = random.nextInt(100);
        fill(instance, young);
        keepFor(3);
        try (var heir = another()) {
            var writing = Flux.range(0, 100)
                .flatMap(i -> heir.post(room, Drafts.says(Drafts.BERT, "late " + i)), 4)
                .then()
                .toFuture();
            for (int death = 0; death < 3; death++) {
                var victim = another();
                var dying = upkeep(victim).tend().toFuture();
                Mono.delay(Duration.ofMillis(1 + random.nextInt(80))).block(PATIENCE);
                victim.kill();
                dying.cancel(true);
            }
            var both = Mono.when(upkeep(heir).tend(), upkeep(instance).tend()).toFuture();
            assertThat(writing).succeedsWithin(PATIENCE);
            assertThat(both).succeedsWithin(PATIENCE);

            tend(heir);

            assertThat(seqs(instance))
                .as("seed %d", seed)
                .containsExactlyElementsOf(range(old + 1, old + young + 100));
            assertThat(seqs(heir)).hasSize(young + 100);
        }
    }

    /** Who goes while something is owed leaves that to the sweeper, and until then the page stays. */
    private void owesNothing(Instance at, int page) {
        await()
            .atMost(PATIENCE)
            .until(() -> at.outbox(room, page).isEmpty());
    }

    private void keepFor(int days) {
        instance.retention().note(room, days).block(PATIENCE);
        instance.rooms.lookSoon(room).block(PATIENCE);
    }

    private Object find(long seq) {
        return instance.with(media).messages().find(new MessageId(room, seq)).block(PATIENCE);
    }

    private List<Long> seqs(Instance at) {
        return at.history(room).stream().map(Message::seq).toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
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
