package chat.parley.message;

import static chat.parley.message.Drafts.ANNA;
import static chat.parley.message.Drafts.BERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.contracts.message.MessageType;
import chat.parley.service.problem.ValidationFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Messages from elsewhere, brought by two instances on one real store, while people write and instances die. */
class ImportStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant LONG_AGO = Instant.parse("2004-11-15T12:18:00Z");

    private final String database = "import-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final List<Instance> instances = new ArrayList<>();
    private final Instance one = instance();
    private final Instance two = instance();
    private final RoomId room = RoomId.random();

    private Instance instance() {
        var instance = new Instance(database, log, Instance.STEADY);
        instances.add(instance);
        return instance;
    }

    @AfterEach
    void stop() {
        instances.forEach(Instance::close);
    }

    @Test
    void keepsThemAsTheyWereInTheOrderOfTheirSource() {
        Delivered delivered = one.deliver(room, "irc", messages(0, 150)).block(PATIENCE);

        assertThat(delivered).isEqualTo(new Delivered(149, 150));
        List<Message> history = two.history(room);
        assertThat(history).extracting(Message::seq).containsExactlyElementsOf(seqs(150));
        assertThat(history).extracting(Message::content).containsExactlyElementsOf(said(0, 150));
        assertThat(history).extracting(Message::at).allMatch(LONG_AGO::equals);
        assertThat(history.getFirst().type()).isEqualTo(MessageType.SYSTEM);
        assertThat(history.getFirst().author()).isNull();
        assertThat(history.get(1).author()).isEqualTo(ANNA);
    }

    @Test
    void knowsWhatItHasWhateverIsBroughtAgain() {
        one.deliver(room, "irc", messages(0, 100)).block(PATIENCE);
        one.post(room, Drafts.says(BERT, "meanwhile")).block(PATIENCE);

        Delivered again = two.deliver(room, "irc", messages(50, 130)).block(PATIENCE);
        Delivered once = one.deliver(room, "irc", messages(0, 130)).block(PATIENCE);

        assertThat(again).isEqualTo(new Delivered(129, 30));
        assertThat(once).isEqualTo(new Delivered(129, 0));
        assertThat(two.history(room)).hasSize(131);
    }

    @Test
    void keepsSourcesApart() {
        one.deliver(room, "irc", messages(0, 70)).block(PATIENCE);
        one.deliver(room, "slack", messages(0, 70)).block(PATIENCE);
        one.deliver(room, "irc", messages(60, 80)).block(PATIENCE);

        assertThat(two.history(room)).hasSize(150);
    }

    @Test
    void takesOnlySoManySources() {
        Flux.range(0, 32)
            .concatMap(n -> one.deliver(room, "source" + n, messages(0, 1)))
            .blockLast(PATIENCE);

        assertThatExceptionOfType(ValidationFailed.class).isThrownBy(() ->
            one.deliver(room, "one-more", messages(0, 1)).block(PATIENCE)
        );
        assertThat(one.deliver(room, "source7", messages(0, 2)).block(PATIENCE)).isEqualTo(
            new Delivered(1, 1)
        );
    }

    @Test
    void findsThreadsHoweverLongAgoTheyBegan() {
        one.deliver(room, "irc", messages(0, 300)).block(PATIENCE);
        one
            .deliver(
                room,
                "irc",
                List.of(
                    answer(300, 5L),
                    answer(301, 300L),
                    answer(302, 299L),
                    answer(303, 302L),
                    answer(304, 9_999L)
                )
            )
            .block(PATIENCE);

        List<Message> history = two.history(room);
        assertThat(history.subList(300, 305))
            .extracting(Message::parent)
            .containsExactly(6L, 6L, 300L, 300L, null);
        assertThat(replies(6)).isEqualTo(2);
        assertThat(replies(300)).isEqualTo(2);
    }

    @Test
    void findsThreadsBetweenWhatPeopleSaid() {
        for (int i = 0; i < 40; i++) {
            one.deliver(room, "irc", messages(10 * i, 10 * i + 10)).block(PATIENCE);
            two.post(room, Drafts.says(BERT, "hi " + i)).block(PATIENCE);
        }

        one
            .deliver(
                room,
                "irc",
                IntStream.range(0, 100)
                    .mapToObj(i -> answer(1_000 + i, 4L * i))
                    .toList()
            )
            .block(PATIENCE);

        List<Message> history = two.history(room);
        for (Message message : history.subList(440, 540)) {
            Message parent = history.get((int) (Objects.requireNonNull(message.parent()) - 1));
            assertThat(message.content()).isEqualTo("answers " + parent.content());
        }
    }

    @Test
    void tellsOfThemInRunsAndNeverWhatTheySay() {
        one.deliver(room, "irc", messages(0, 200)).block(PATIENCE);

        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(runs()).isNotEmpty());
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(
                    runs()
                        .stream()
                        .flatMapToLong(run -> LongStream.rangeClosed(run.firstSeq(), run.lastSeq()))
                        .boxed()
                        .toList()
                ).containsExactlyElementsOf(seqs(200))
            );
        assertThat(runs())
            .hasSize(4)
            .allMatch(run -> run.lastMessageAt().equals(LONG_AGO));
        assertThat(log.seqsSentTo(room)).isEmpty();
    }

    @Test
    void findsSpaceForEverybodyWhoReacted() {
        Reaction many = reaction("👍", 450);
        Reaction few = reaction("🎉", 30);
        Imported loved = imported(1, "loved", null, List.of(many, few));

        one.deliver(room, "irc", List.of(loved)).block(PATIENCE);

        Message message = two.history(room).getFirst();
        assertThat(message.reactions()).containsExactly(
            new Reaction("👍", 450, many.users().subList(0, 200), true),
            new Reaction("🎉", 30, few.users().subList(0, 20), true)
        );
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
                assertThat(others(message, "👍")).containsExactlyInAnyOrderElementsOf(
                    many.users().subList(200, 450)
                );
                assertThat(others(message, "🎉")).containsExactlyInAnyOrderElementsOf(
                    few.users().subList(20, 30)
                );
            });
    }

    private static Reaction reaction(String type, int people) {
        List<UserId> users = Stream.generate(UserId::random).limit(people).toList();
        return new Reaction(type, people, users, false);
    }

    private List<UserId> others(Message message, String type) {
        return two.reactors.some(message, type, 1_000).block(PATIENCE);
    }

    @Test
    void goesOnAfterAnyDeathWhilePeopleWrite() {
        long seed = Long.getLong("parley.test.seed", System.nanoTime());
        System.out.printf("ImportStoreTest: seed %d%n", seed);
        Random random = new Random(seed);
        var talk = Flux.range(0, 120)
            .concatMap(n -> one.post(room, Drafts.named(BERT, "talk " + n, "t" + n)).retry(50))
            .collectList()
            .toFuture();
        int reached = 0;
        while (reached < 600) {
            var mortal = instance();
            int from = Math.max(0, reached - random.nextInt(30));
            var delivery = mortal.deliver(room, "irc", messages(from, Math.min(600, from + 100)));
            // Any moment of the writing may be the last.
            var dying = delivery.toFuture();
            if (random.nextBoolean()) {
                pass(random.nextInt(30));
                mortal.kill();
            } else {
                dying.join();
            }
            reached = reached(two);
            var next = two.deliver(room, "irc", messages(reached, Math.min(600, reached + 40)));
            if (reached < 600) {
                reached = (int) Objects.requireNonNull(next.block(PATIENCE)).position() + 1;
            }
        }
        talk.join();

        List<Message> history = two.history(room);
        assertThat(history).extracting(Message::seq).containsExactlyElementsOf(seqs(720));
        assertThat(
            history
                .stream()
                .filter(message -> !message.content().startsWith("talk"))
                .map(Message::content)
        ).containsExactlyElementsOf(said(0, 600));
    }

    private List<MessagesImported> runs() {
        return log
            .toldTo(room)
            .stream()
            .filter(MessagesImported.class::isInstance)
            .map(MessagesImported.class::cast)
            .toList();
    }

    private static void pass(int millis) {
        Flux.interval(Duration.ofMillis(1)).take(millis).blockLast(PATIENCE);
    }

    private int reached(Instance instance) {
        List<Message> history = instance.history(room);
        return (int) history
            .stream()
            .filter(message -> String.valueOf(message.clientId()).startsWith("irc:"))
            .count();
    }

    private int replies(long seq) {
        return one.page(PageId.holding(room, seq)).repliesTo(seq).count();
    }

    private static List<Imported> messages(int from, int to) {
        return IntStream.range(from, to)
            .mapToObj(n -> imported(n, "said " + n, null))
            .toList();
    }

    private static List<String> said(int from, int to) {
        return IntStream.range(from, to)
            .mapToObj(n -> "said " + n)
            .toList();
    }

    private static Imported answer(long position, long answers) {
        return imported(position, "answers said " + answers, answers);
    }

    private static Imported imported(long position, String content, @Nullable Long answers) {
        return imported(position, content, answers, List.of());
    }

    private static Imported imported(
        long position,
        String content,
        @Nullable Long answers,
        List<Reaction> reactions
    ) {
        return new Imported(
            position,
            LONG_AGO,
            position == 0 ? null : ANNA,
            content,
            position == 0 ? MessageType.SYSTEM : MessageType.TEXT,
            answers,
            List.of(),
            Message.Revision.NONE,
            reactions
        );
    }

    private static List<Long> seqs(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
