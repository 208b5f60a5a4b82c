package chat.parley.message;

import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;

/** Tests about one room whose messages grow old, on a clock that the test moves. */
abstract class TendedRoom {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final FakeMedia media = new FakeMedia();
    final MovableClock clock = new MovableClock();
    final RoomId room = RoomId.random();
    Instance instance;

    private final String database = "tended-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final Duration archiveAfter;

    /** @param archiveAfter zero if nothing goes to the archive */
    TendedRoom(Duration archiveAfter) {
        this.archiveAfter = archiveAfter;
    }

    @BeforeEach
    void start() {
        instance = another();
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    /** One more on the same data. */
    final Instance another() {
        return new Instance(database, log, Instance.STEADY, clock);
    }

    /** The same, and it is soon taken for dead. */
    final Instance brittle() {
        return new Instance(database, log, Instance.BRITTLE, clock);
    }

    /** The same, and it cannot reach the archive. */
    final Instance withoutItsArchive() {
        return new Instance(database, log, Instance.STEADY, clock, TestArchive.NOWHERE);
    }

    /** The room's upkeep, as this instance does it. */
    final Upkeep upkeep(Instance at) {
        return at.with(media).upkeep(archiveAfter);
    }

    /** What a sweep does, until the room is not due any more. */
    final void tend(Instance at) {
        Upkeep upkeep = upkeep(at);
        await()
            .atMost(PATIENCE)
            .until(() -> {
                at.rooms.lookSoon(room).block(PATIENCE);
                upkeep.tend().block(PATIENCE);
                return at.rooms.due(1).collectList().block(PATIENCE).isEmpty();
            });
    }

    final void fill(Instance at, int messages) {
        List<Draft> drafts = IntStream.range(0, messages)
            .mapToObj(i -> Drafts.says(Drafts.ANNA, "m" + i))
            .toList();
        Flux.fromIterable(drafts)
            .flatMap(draft -> at.post(room, draft), 64)
            .blockLast(PATIENCE);
    }

    /** @return the seq of one more message */
    final long post(Instance at) {
        return at.post(room, Drafts.says(Drafts.ANNA, "one more")).block(PATIENCE).message().seq();
    }

    final List<Imported> imported(int from, int to) {
        return IntStream.range(from, to)
            .mapToObj(position -> imported(position, null))
            .toList();
    }

    final Imported imported(long position, @Nullable Long answers) {
        return new Imported(
            position,
            clock.instant(),
            Drafts.ANNA,
            "i" + position,
            MessageType.TEXT,
            answers,
            List.of(),
            Message.Revision.NONE,
            List.of()
        );
    }
}
