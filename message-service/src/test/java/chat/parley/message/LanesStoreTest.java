package chat.parley.message;

import static chat.parley.message.Drafts.ANNA;
import static chat.parley.message.Drafts.BERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Two instances on one real store. */
class LanesStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String database = "lanes-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final Instance one = new Instance(database, log, Instance.STEADY);
    private final Instance two = new Instance(database, log, Instance.STEADY);
    private final RoomId room = RoomId.random();

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void twoInstancesGiveEverySeqOnceAndLeaveNoneOut() {
        var answers = hammer(400);

        assertThat(answers)
            .extracting(posted -> posted.message().seq())
            .containsExactlyInAnyOrderElementsOf(seqs(400));
        var history = two.history(room);
        assertThat(history).extracting(Message::seq).containsExactlyElementsOf(seqs(400));
        assertThat(history)
            .extracting(Message::content)
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 400)
                    .mapToObj(i -> "m" + i)
                    .toList()
            );
        await()
            .atMost(PATIENCE)
            .until(() -> log.seqsSentTo(room).size() >= 400);
        assertThat(log.seqsSentTo(room)).containsExactlyInAnyOrderElementsOf(seqs(400));
    }

    private List<Posted> hammer(int messages) {
        return Flux.range(0, messages)
            .flatMap(
                i ->
                    (i % 2 == 0 ? one : two).post(room, Drafts.named(ANNA, "m" + i, "c" + i))
                        .retry(50)
                        .subscribeOn(Schedulers.parallel()),
                64
            )
            .collectList()
            .block(PATIENCE);
    }

    @Test
    void manyRoomsAtOnceHaveEachTheirOwnSeqsWhoeverGetsInTheWay() {
        var rooms = IntStream.range(0, 40)
            .mapToObj(_ -> RoomId.random())
            .toList();

        // Each is sent twice, to both instances, so that all of them meet on every page.
        var answers = Flux.range(0, 12)
            .concatMap(i ->
                Flux.fromIterable(rooms).flatMap(
                    any ->
                        Flux.just(one, two).flatMap(
                            instance -> instance.post(any, Drafts.named(ANNA, "m" + i, "c" + i)).retry(50),
                            2
                        ),
                    40
                )
            )
            .collectList()
            .block(PATIENCE);

        assertThat(answers).hasSize(12 * 40 * 2);
        assertThat(answers)
            .filteredOn(posted -> !posted.repeated())
            .hasSize(12 * 40);
        for (RoomId any : rooms) {
            assertThat(two.history(any)).extracting(Message::seq).containsExactlyElementsOf(seqs(12));
            await()
                .atMost(PATIENCE)
                .until(() -> log.seqsSentTo(any).size() >= 12);
            assertThat(log.seqsSentTo(any)).containsExactlyInAnyOrderElementsOf(seqs(12));
        }
    }

    @Test
    void oneInstanceTellsOfAMessageOnceAndInOrder() {
        Flux.range(0, 200)
            .flatMapSequential(i -> one.post(room, Drafts.says(ANNA, "m" + i)), 100)
            .blockLast(PATIENCE);

        await()
            .atMost(PATIENCE)
            .until(() -> log.seqsSentTo(room).size() >= 200);
        assertThat(log.seqsSentTo(room)).containsExactlyElementsOf(seqs(200));
    }

    @Test
    void strikesOutWhatItHasToldOfAndUnmarksThePages() {
        one.post(room, Drafts.says(ANNA, "hi")).block(PATIENCE);

        await()
            .atMost(PATIENCE)
            .until(() -> one.outbox(room, 0).isEmpty());
        await()
            .atMost(PATIENCE)
            .until(() -> one.marks.all().collectList().block(PATIENCE).isEmpty());
    }

    @Test
    void aSecondTryFindsTheFirstOnAnyInstance() {
        var first = one.post(room, Drafts.named(ANNA, "hi", "c-1")).block(PATIENCE);
        Flux.range(0, 70)
            .concatMap(i -> two.post(room, Drafts.says(BERT, "m" + i)))
            .blockLast(PATIENCE);

        var again = two.post(room, Drafts.named(ANNA, "hi", "c-1")).block(PATIENCE);
        var elsewhere = one.post(RoomId.random(), Drafts.named(ANNA, "hi", "c-1")).block(PATIENCE);
        var somebodyElse = one.post(room, Drafts.named(BERT, "hi", "c-1")).block(PATIENCE);

        assertThat(again).isEqualTo(new Posted(first.message(), Replies.NONE, true));
        assertThat(elsewhere.repeated()).isFalse();
        assertThat(somebodyElse.repeated()).isFalse();
    }

    @Test
    void tenTriesAtOnceAreOneMessage() {
        var answers = Flux.range(0, 10)
            .flatMap(i ->
                (i % 2 == 0 ? one : two).post(room, Drafts.named(ANNA, "hi", "c-1")).subscribeOn(
                    Schedulers.parallel()
                )
            )
            .collectList()
            .block(PATIENCE);

        assertThat(answers)
            .extracting(posted -> posted.message().seq())
            .containsOnly(1L);
        assertThat(answers)
            .filteredOn(posted -> !posted.repeated())
            .hasSize(1);
        assertThat(one.history(room)).hasSize(1);
    }

    @Test
    void aNameClaimedByACrashedTryIsFree() {
        one.post(room, Drafts.says(ANNA, "before")).block(PATIENCE);
        one.store
            .one(Claims.COLLECTION, claims ->
                claims.insertOne(new org.bson.Document("_id", room + "/" + ANNA + "/c-1").append("page", 0L))
            )
            .block(PATIENCE);

        var posted = two.post(room, Drafts.named(ANNA, "hi", "c-1")).block(PATIENCE);

        assertThat(posted.repeated()).isFalse();
        assertThat(posted.message().seq()).isEqualTo(2);
    }

    @Test
    void countsRepliesOnceHoweverFarFromTheirParent() {
        one.post(room, Drafts.says(ANNA, "question")).block(PATIENCE);
        one.post(room, Drafts.reply(BERT, "near", 1)).block(PATIENCE);
        Flux.range(0, 70)
            .flatMap(i -> one.post(room, Drafts.says(ANNA, "m" + i)), 64)
            .blockLast(PATIENCE);

        var replies = Flux.range(0, 80)
            .flatMap(i -> (i % 2 == 0 ? one : two).post(room, Drafts.reply(BERT, "r" + i, 1)).retry(50), 16)
            .collectList()
            .block(PATIENCE);

        assertThat(replies).hasSize(80);
        var thread = two.pages.current(new PageId(room, 0)).block(PATIENCE).repliesTo(1);
        assertThat(thread.count()).isEqualTo(81);
        assertThat(thread.lastAt()).isEqualTo(two.history(room).getLast().at());
    }

    @Test
    void aReaderOnAnotherInstanceSeesTheMessageAtOnce() {
        for (int i = 1; i <= 66; i++) {
            one.post(room, Drafts.says(ANNA, "m" + i)).block(PATIENCE);
            assertThat(two.tails.current(room).block(PATIENCE).messages().getLast().content()).isEqualTo(
                "m" + i
            );
        }
    }

    @Test
    void refusesWhatTheLaneCannotHold() {
        try (var narrow = new Instance(database, log, Instance.STEADY, 2)) {
            var outcomes = Flux.range(0, 50)
                .flatMap(
                    i ->
                        narrow
                            .post(room, Drafts.says(ANNA, "m" + i))
                            .map(posted -> "stored")
                            .onErrorResume(Unavailable.class, e ->
                                Mono.just("refused " + e.retryAfter().toSeconds())
                            ),
                    50
                )
                .collectList()
                .block(PATIENCE);

            assertThat(outcomes).contains("stored", "refused 1");
            assertThat(one.history(room)).hasSize((int) outcomes.stream().filter("stored"::equals).count());
        }
    }

    private static List<Long> seqs(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
