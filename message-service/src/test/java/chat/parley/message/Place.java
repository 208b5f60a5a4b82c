package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.service.problem.Unavailable;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** A store and a log on which one instance after the other dies, and the one that survives them all. */
final class Place implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final String database;
    private final KafkaLog log = new KafkaLog();
    private final Instance survivor;

    Place(String database) {
        this.database = database;
        this.survivor = new Instance(database, log, Instance.STEADY);
    }

    /**
     * Has the conversation go on on an instance with these doors for as long as it lives, then on the survivor, and
     * looks at what has come of it.
     *
     * @return the steps of the mortal instance
     */
    List<String> play(Conversation conversation, Doors doors) {
        Flux.from(conversation.beginning().on(survivor)).blockLast(PATIENCE);
        settle(conversation.room(), survivor);
        var mortal = Instance.stepping(database, log, doors);
        var acts = new ArrayList<>(conversation.acts());
        acts.add(instance -> instance == mortal ? mortal.leave() : Mono.empty());
        for (var act : acts) {
            play(act, conversation.room(), mortal);
        }
        inherit(mortal);
        check(conversation);
        Flux.from(conversation.repetition().on(survivor)).blockLast(PATIENCE);
        check(conversation);
        return doors.steps();
    }

    private void play(Conversation.Act act, RoomId room, Instance mortal) {
        if (!mortal.doors.isShut()) {
            Mono.firstWithSignal(Flux.from(act.on(mortal)).then(), mortal.doors.death()).block(PATIENCE);
            settle(room, mortal);
        }
        if (mortal.doors.isShut()) {
            inherit(mortal);
            Flux.from(act.on(survivor)).retryWhen(patiently()).blockLast(PATIENCE);
        }
    }

    private static Retry patiently() {
        return Retry.fixedDelay(100, Duration.ofMillis(20)).filter(Unavailable.class::isInstance);
    }

    /** Waits until all is told and struck out: so that steps come in the same order each time. */
    private void settle(RoomId room, Instance mortal) {
        await()
            .atMost(PATIENCE)
            .pollInterval(GLANCE)
            .until(() -> mortal.doors.isShut() || owesNothing(room));
    }

    private boolean owesNothing(RoomId room) {
        return pagesOf(room)
            .stream()
            .allMatch(page -> page.outbox().isEmpty());
    }

    private List<Page> pagesOf(RoomId room) {
        return survivor.tails
            .current(room)
            .flatMapMany(tail -> Flux.range(0, Math.toIntExact(tail.id().number() + 1)))
            .concatMap(number -> survivor.pages.peek(new PageId(room, number)))
            .collectList()
            .block(PATIENCE);
    }

    /**
     * The survivor pays the debts of the dead one, which is known to be dead here without the wait for its silence:
     * what the wait is for, that nothing of it is still on its way, is waited for.
     */
    private void inherit(Instance dead) {
        await()
            .atMost(PATIENCE)
            .pollInterval(GLANCE)
            .until(() -> !dead.doors.isShut() || dead.doors.isQuiet());
        dead.doors.shut();
        dead.lanes.stop();
        String living = survivor.lease.require().block(PATIENCE);
        survivor.store
            .one(Lease.COLLECTION, leases ->
                leases.deleteMany(Filters.and(Filters.exists(Lease.BEATS), Filters.ne("_id", living)))
            )
            .block(PATIENCE);
        survivor.sweeper.sweep().block(PATIENCE);
        assertThat(survivor.marks.all().collectList().block(PATIENCE))
            .as("what is still marked after the sweep")
            .allMatch(mark -> mark.by().equals(living));
    }

    private void check(Conversation conversation) {
        settle(conversation.room(), survivor);
        var history = survivor.history(conversation.room());
        var threads = new HashMap<Long, Replies>();
        pagesOf(conversation.room()).forEach(page -> threads.putAll(page.threads()));
        conversation.assertHolds(history, threads);
        assertTold(conversation.room(), history);
        var heard = new Heard();
        log.toldTo(conversation.room()).forEach(heard::hear);
        heard.assertKnows(
            history
                .stream()
                .map(message -> message.snapshot(threads.getOrDefault(message.seq(), Replies.NONE)))
                .toList()
        );
    }

    /** Each once if repetitions are left out, in order of seq, by the event that the message was stored with. */
    private void assertTold(RoomId room, List<Message> history) {
        Map<Object, Long> told = new LinkedHashMap<>();
        for (MessageSent sent : log.sentTo(room)) {
            told.putIfAbsent(sent.eventId(), sent.message().seq());
        }
        assertThat(told.values()).containsExactlyElementsOf(history.stream().map(Message::seq).toList());
        assertThat(told.keySet()).containsExactlyElementsOf(history.stream().map(Message::event).toList());
    }

    @Override
    public void close() {
        survivor.leave().block(PATIENCE);
        survivor.close();
    }
}
