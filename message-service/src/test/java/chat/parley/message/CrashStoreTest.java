package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Instances die in the middle of their work; what they acknowledged is there, once, and told of. */
class CrashStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MESSAGES = 300;
    private static final int CRASHES = 3;

    private final String database = "crash-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final RoomId room = RoomId.random();

    @Test
    void aSweeperTellsWhatTheDeadCouldNot() {
        var victim = new Instance(database, log, Instance.BRITTLE);
        victim.kafka.cut();
        var posted = victim
            .post(room, Drafts.named(Drafts.ANNA, "last words", "c"))
            .retry(20)
            .block(PATIENCE);
        victim.kill();
        assertThat(log.seqsSentTo(room)).isEmpty();

        try (var heir = new Instance(database, log, Instance.BRITTLE)) {
            sweepUntilEverythingIsTold(heir);

            assertThat(log.sentTo(room))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.message().with(TestKeys.FIXED.open(event.message()))).isEqualTo(
                        posted.message().snapshot(Replies.NONE)
                    );
                    assertThat(event.eventId()).isEqualTo(posted.message().event());
                });
            assertThat(heir.outbox(room, 0)).isEmpty();
        }
    }

    @Test
    void aSweeperCountsTheRepliesThatTheDeadDidNot() {
        try (var heir = new Instance(database, log, Instance.BRITTLE)) {
            Flux.range(0, 64)
                .concatMap(i -> heir.post(room, Drafts.named(Drafts.ANNA, "m" + i, "c" + i)).retry(20))
                .blockLast(PATIENCE);
            leaveUncountedReply(heir);

            sweepUntilEverythingIsTold(heir);

            assertThat(
                heir.pages.current(new PageId(room, 0)).block(PATIENCE).repliesTo(1).count()
            ).isEqualTo(1);
        }
    }

    /** As an instance leaves it that dies between writing a reply and counting it. */
    private void leaveUncountedReply(Instance instance) {
        var page = Page.empty(new PageId(room, 1));
        var append = Append.onto(
            page,
            List.of(Drafts.reply(Drafts.BERT, "r", 1)),
            instance.pages.writer("dead"),
            Instant.now()
        );
        instance.marks.set(new Marks.Mark("dead", page.id())).block(PATIENCE);
        instance.pages.append(append, List.of()).block(PATIENCE);
    }

    @Test
    void aLivingInstanceIsLeftAlone() {
        try (
            var busy = new Instance(database, log, Instance.STEADY);
            var sweeping = new Instance(database, log, Instance.STEADY)
        ) {
            busy.kafka.cut();
            busy.post(room, Drafts.says(Drafts.ANNA, "slow")).block(PATIENCE);

            sweeping.sweeper.sweep().block(PATIENCE);
            sweeping.sweeper.sweep().block(PATIENCE);

            assertThat(log.seqsSentTo(room)).isEmpty();
            assertThat(sweeping.outbox(room, 0)).hasSize(1);
        }
    }

    @Test
    void whateverDiesWheneverNothingIsLostOrDoubled() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var instance = new AtomicReference<>(new Instance(database, log, Instance.BRITTLE));
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();

        var crashes = Flux.range(0, CRASHES)
            .concatMap(_ -> Mono.delay(Duration.ofMillis(300 + random.nextInt(1_500))))
            .doOnNext(_ -> replace(instance))
            .then();
        var sending = Flux.range(0, MESSAGES)
            .flatMap(i -> send(instance, "m" + i).doOnNext(seq -> acknowledged.put("m" + i, seq)), 12)
            .then();
        Mono.when(crashes, sending).block(PATIENCE);

        try (var heir = instance.get()) {
            sweepUntilEverythingIsTold(heir);
            var history = heir.history(room);
            assertThat(history)
                .as("seed %d", seed)
                .extracting(Message::seq)
                .containsExactlyElementsOf(seqs());
            assertThat(history).extracting(Message::content).doesNotHaveDuplicates().hasSize(MESSAGES);
            history.forEach(message ->
                assertThat(acknowledged).containsEntry(message.content(), message.seq())
            );
            assertThat(new HashSet<>(log.seqsSentTo(room))).hasSize(MESSAGES);
        }
    }

    /** The next one comes before the senders notice; the dead one's last words are still on their way. */
    private void replace(AtomicReference<Instance> instance) {
        instance.getAndSet(new Instance(database, log, Instance.BRITTLE)).kill();
    }

    /** Tries with the same name until it is told where the message is, as the web client does. */
    private Mono<Long> send(AtomicReference<Instance> instance, String content) {
        return Mono.defer(() -> instance.get().post(room, Drafts.named(Drafts.ANNA, content, content)))
            .timeout(Duration.ofSeconds(10))
            .map(posted -> posted.message().seq())
            .retryWhen(Retry.fixedDelay(1_000, Duration.ofMillis(50)));
    }

    private void sweepUntilEverythingIsTold(Instance heir) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(200))
            .until(() -> {
                heir.sweeper.sweep().block(PATIENCE);
                return heir.marks.all().collectList().block(PATIENCE).isEmpty();
            });
    }

    private static List<Long> seqs() {
        return LongStream.rangeClosed(1, MESSAGES).boxed().toList();
    }
}
