package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.message.OutboxEntry.Reactor;
import chat.parley.message.OutboxEntry.Reactor.Step;
import chat.parley.message.editing.Edit;
import chat.parley.message.editing.EditMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Instances die between writing a change and telling of it, or paying what it owes. */
class CrashedChangesStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String database = "crashed-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final RoomId room = RoomId.random();

    @Test
    void aSweeperTellsOfTheEditThatTheDeadDidNotTellOf() {
        var victim = new Instance(database, log, Instance.BRITTLE);
        victim.post(room, Drafts.named(Drafts.ANNA, "before", "c")).retry(20).block(PATIENCE);
        await()
            .atMost(PATIENCE)
            .until(() -> log.toldTo(room).size() == 1);
        victim.kafka.cut();
        var id = new MessageId(room, 1);
        var edit = new Edit(
            new EditMessage(id, Drafts.ANNA, Content.of("after"), null),
            List.of(),
            List.of()
        );
        victim.lanes.change(room, edit).retry(20).block(PATIENCE);
        victim.kill();

        try (var heir = new Instance(database, log, Instance.BRITTLE)) {
            sweepUntilEverythingIsTold(heir);

            assertThat(log.toldTo(room).getLast()).isInstanceOfSatisfying(MessageUpdated.class, event ->
                assertThat(TestKeys.FIXED.open(event.message()).content()).isEqualTo("after")
            );
            assertThat(heir.history(room).getFirst().content()).isEqualTo("after");
        }
    }

    @Test
    void aSweeperCarriesOutWhatTheDeadHasNoted() {
        try (var heir = new Instance(database, log, Instance.BRITTLE)) {
            heir.post(room, Drafts.named(Drafts.ANNA, "m", "c")).retry(20).block(PATIENCE);
            var user = UserId.random();
            var message = heir.history(room).getFirst();
            leaveNote(heir, new Reactor(1, "👍", user, Step.IN));

            sweepUntilEverythingIsTold(heir);

            var reactors = new Reactors(heir.store, heir.lease);
            assertThat(reactors.has(message, "👍", user).block(PATIENCE)).isTrue();
        }
    }

    /** As an instance leaves it that dies between counting a reaction and writing down whose it is. */
    private void leaveNote(Instance instance, Reactor note) {
        var before = instance.pages.load(new PageId(room, 0)).block(PATIENCE);
        var message = before.messages().getFirst();
        var reacted = message.reacted(List.of(new Reaction("👍", 1, List.of(), true)));
        var entry = new OutboxEntry(
            "dead",
            Instant.now(),
            List.of(),
            List.of(),
            List.of(note),
            List.of(),
            List.of()
        );
        var after = new Page(
            before.id(),
            before.version() + 1,
            before.gone(),
            List.of(reacted),
            before.threads(),
            before.outbox(),
            before.imports()
        );
        instance.marks.set(new Marks.Mark("dead", before.id())).block(PATIENCE);
        var written = instance.pages.change(new Change(before, after, List.of(reacted), entry), List.of());
        assertThat(written.block(PATIENCE)).isTrue();
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
}
