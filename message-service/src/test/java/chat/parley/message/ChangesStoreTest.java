package chat.parley.message;

import static chat.parley.message.Drafts.ANNA;
import static chat.parley.message.Drafts.BERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import chat.parley.message.MessageFailure.MessageGone;
import chat.parley.message.deletion.Deletion;
import chat.parley.message.editing.Edit;
import chat.parley.message.editing.EditMessage;
import chat.parley.message.reactions.AddReaction;
import chat.parley.message.reactions.ReactionWish;
import chat.parley.message.reactions.RemoveReaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages change on two instances at once, while others are sent. */
class ChangesStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int CROWD = 10_000;

    private final String database = "changes-" + UUID.randomUUID();
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
    void whoeverChangesWhatWhereverNothingIsLostAndTheEventsEndWithWhatIsStored() {
        var seed = new Random().nextLong();
        post(one, 60);
        var random = new Random(seed);
        List<Mono<?>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(someChange(random, i));
        }

        Flux.fromIterable(all)
            .flatMap(change -> change, 24)
            .blockLast(PATIENCE);

        var history = two.history(room);
        assertThat(history)
            .as("seed %d", seed)
            .extracting(Message::seq)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, history.size()).boxed().toList());
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(log.seqsSentTo(room)).hasSize(history.size()));
        await()
            .atMost(PATIENCE)
            .until(() -> one.outbox(room, 0).isEmpty() && two.outbox(room, 0).isEmpty());
        for (Message message : history) {
            assertThat(asTold(message.seq()))
                .as("seed %d, seq %d", seed, message.seq())
                .isEqualTo(asStored(message));
        }
    }

    private Mono<?> someChange(Random random, int number) {
        var instance = random.nextBoolean() ? one : two;
        var id = new MessageId(room, 1 + random.nextInt(40));
        var user = random.nextBoolean() ? ANNA : BERT;
        return switch (random.nextInt(5)) {
            case 0 -> instance.post(room, Drafts.says(user, "new" + number)).retry(50);
            case 1 -> orGone(instance.lanes.change(room, edit(id, "edit" + number)));
            case 2 -> orGone(instance.lanes.change(room, add(instance, id, user)));
            case 3 -> orGone(instance.lanes.change(room, remove(instance, id, user)));
            default -> number % 3 == 0
                ? orGone(instance.lanes.change(room, new Deletion(id, user, null)))
                : orGone(instance.lanes.change(room, add(instance, id, UserId.random())));
        };
    }

    private static Mono<?> orGone(Mono<Altered> change) {
        return change.onErrorResume(MessageGone.class, _ -> Mono.empty());
    }

    /** What a client knows of the message after all its events: its content and its count. */
    private String asTold(long seq) {
        String content = "";
        int count = 0;
        for (MessageEvent event : log.toldTo(room)) {
            switch (event) {
                case MessageSent sent when sent.message().seq() == seq -> content = TestKeys.FIXED.open(
                    sent.message()
                ).content();
                case MessageUpdated updated when updated.message().seq() == seq -> content =
                    TestKeys.FIXED.open(updated.message()).content();
                case MessageDeleted deleted when deleted.seq() == seq -> {
                    content = "deleted";
                    count = 0;
                }
                case ReactionAdded added when added.messageId().seq() == seq -> count = added.count();
                case ReactionRemoved removed when removed.messageId().seq() == seq -> count = removed.count();
                default -> {
                    // Another message's.
                }
            }
        }
        return content + " " + count;
    }

    private static String asStored(Message message) {
        int count = message.reactions().stream().mapToInt(Reaction::count).sum();
        return (message.isDeleted() ? "deleted" : message.content()) + " " + count;
    }

    @Test
    void countsTenThousandExactlyWhoeverComesAndGoesAndComesAgain() {
        post(one, 1);
        var id = new MessageId(room, 1);
        List<UserId> crowd = IntStream.range(0, CROWD)
            .mapToObj(_ -> UserId.random())
            .toList();

        Flux.fromIterable(crowd)
            .flatMap(user -> react(user, id).retry(200), 100)
            .blockLast(PATIENCE);

        assertThat(reaction(id).count()).isEqualTo(CROWD);
        assertThat(reaction(id).users()).hasSizeBetween(20, 200);
        Flux.fromIterable(crowd.subList(5_000, 5_050))
            .flatMap(user -> react(user, id), 20)
            .blockLast(PATIENCE);
        assertThat(reaction(id).count()).isEqualTo(CROWD);
        Flux.fromIterable(crowd.subList(0, 1_000))
            .flatMap(user -> one.lanes.change(room, remove(one, id, user)).retry(200), 200)
            .blockLast(PATIENCE);
        assertThat(reaction(id).count()).isEqualTo(CROWD - 1_000);
        assertThat(reaction(id).users())
            .hasSizeGreaterThanOrEqualTo(20)
            .doesNotContainAnyElementsOf(crowd.subList(0, 1_000));
        two.lanes.change(room, new Deletion(id, ANNA, null)).block(PATIENCE);
        assertThat(documents(Reactors.COLLECTION)).isZero();
    }

    private Mono<Altered> react(UserId user, MessageId id) {
        var instance = Math.floorMod(user.hashCode(), 2) == 0 ? one : two;
        return instance.lanes.change(room, add(instance, id, user));
    }

    private Reaction reaction(MessageId id) {
        return one.history(room).get((int) id.seq() - 1).reactions().getFirst();
    }

    private long documents(String collection) {
        return one.store.one(collection, all -> all.countDocuments()).block(PATIENCE);
    }

    @Test
    void anEditOnOneInstanceIsToldBehindTheMessageThatAnotherHasSent() {
        for (int i = 1; i <= 20; i++) {
            one.post(room, Drafts.says(ANNA, "m" + i)).block(PATIENCE);
            two.lanes.change(room, edit(new MessageId(room, i), "edited" + i)).block(PATIENCE);
        }

        await()
            .atMost(PATIENCE)
            .until(() -> log.toldTo(room).size() >= 40);
        for (int i = 1; i <= 20; i++) {
            assertThat(asTold(i)).isEqualTo("edited" + i + " 0");
        }
    }

    @Test
    void listsTheRepliesOfALongThreadByFewReads() {
        post(one, 64);
        Flux.range(0, 300)
            .flatMapSequential(
                i -> (i % 2 == 0 ? one : two).post(room, Drafts.reply(BERT, "r" + i, 3)).retry(50),
                20
            )
            .blockLast(PATIENCE);

        var threads = new Threads(two.pages, new ReplyLists(two.store));
        var id = new MessageId(room, 3);

        assertThat(threads.replies(id, 0, 1_000).block(PATIENCE)).containsExactlyElementsOf(
            LongStream.rangeClosed(65, 364).boxed().toList()
        );
        assertThat(threads.replies(id, 200, 3).block(PATIENCE)).containsExactly(201L, 202L, 203L);
        assertThat(one.pages.current(new PageId(room, 0)).block(PATIENCE).repliesTo(3).count()).isEqualTo(
            300
        );
    }

    @Test
    void findsRepliesThatLieFarApart() {
        var lists = new ReplyLists(one.store);
        var far = List.of(70L, 4_096L, 4_097L, 20_000_000L, 90_000_000_000L);
        far.forEach(seq ->
            lists.add(room, List.of(new OutboxEntry.Reply(1, seq, Instant.EPOCH))).block(PATIENCE)
        );

        assertThat(lists.after(room, 1, 0).collectList().block(PATIENCE)).isEqualTo(far);
        assertThat(lists.after(room, 1, 4_096).next().block(PATIENCE)).isEqualTo(4_097L);
        assertThat(lists.after(room, 1, 20_000_000).collectList().block(PATIENCE)).containsExactly(
            90_000_000_000L
        );
        lists.forget(room, 1).block(PATIENCE);
        assertThat(documents(ReplyLists.COLLECTION)).isZero();
    }

    @Test
    void givesUpAnUploadWithItsLastMessageInTheRoom() {
        var upload = new MediaSnapshot(
            MediaId.random(),
            "/a",
            "/a",
            "a.png",
            "image/png",
            5,
            MediaStatus.READY,
            MediaMetadata.NONE
        );
        one.post(room, Drafts.attaching(upload, "c1")).block(PATIENCE);
        one.post(room, Drafts.attaching(upload, "c2")).block(PATIENCE);
        var unlinks = new Unlinks(one.store);

        two.lanes.change(room, new Deletion(new MessageId(room, 1), ANNA, null)).block(PATIENCE);
        assertThat(unlinks.first(10).collectList().block(PATIENCE)).isEmpty();
        two.lanes.change(room, new Deletion(new MessageId(room, 2), ANNA, null)).block(PATIENCE);

        assertThat(unlinks.first(10).collectList().block(PATIENCE))
            .singleElement()
            .satisfies(unlink -> {
                assertThat(unlink.upload()).isEqualTo(upload.id());
                assertThat(unlink.room()).isEqualTo(room);
            });
    }

    @Test
    void changesAMessageOnTheFullPageAndOnTheTailWhileTheRoomGoesOn() {
        post(one, 64);
        var last = new MessageId(room, 64);

        two.lanes.change(room, edit(last, "edited")).block(PATIENCE);
        post(one, 1);
        one.lanes.change(room, edit(new MessageId(room, 65), "edited too")).block(PATIENCE);
        post(two, 1);

        assertThat(two.history(room).subList(63, 66))
            .extracting(Message::content)
            .containsExactly("edited", "edited too", "m0");
    }

    @Test
    void leavesNoMarkOnPagesThatWereOnlyChanged() {
        post(one, 200);
        one.lanes.change(room, edit(new MessageId(room, 5), "edited")).block(PATIENCE);
        two.lanes.change(room, edit(new MessageId(room, 7), "edited")).block(PATIENCE);

        await()
            .atMost(PATIENCE)
            .until(() -> one.marks.all().collectList().block(PATIENCE).isEmpty());
        assertThat(one.outbox(room, 0)).isEmpty();
    }

    private void post(Instance instance, int messages) {
        Flux.fromIterable(Drafts.many(messages))
            .flatMapSequential(draft -> instance.post(room, draft), 64)
            .blockLast(PATIENCE);
    }

    private static Edit edit(MessageId id, String content) {
        return new Edit(new EditMessage(id, ANNA, Content.of(content), null), List.of(), List.of());
    }

    private static AddReaction add(Instance instance, MessageId id, UserId user) {
        return new AddReaction(
            new ReactionWish(id, user, "👍", null),
            new Reactors(instance.store, instance.lease)
        );
    }

    private static RemoveReaction remove(Instance instance, MessageId id, UserId user) {
        return new RemoveReaction(
            new ReactionWish(id, user, "👍", null),
            new Reactors(instance.store, instance.lease)
        );
    }
}
