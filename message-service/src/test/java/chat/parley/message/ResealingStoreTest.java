package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import chat.parley.sealing.Sealer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Keys change while two instances write; at the end nothing needs the old one. */
class ResealingStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** A room is idle soon, so that it is soon written down that nothing is owed any more. */
    private static final LeaseProperties SHORT = new LeaseProperties(
        Duration.ofMillis(500),
        Duration.ofSeconds(6),
        Duration.ofSeconds(6)
    );
    private static final int ROOMS = 3;

    private final String database = "resealing-" + UUID.randomUUID();
    private final KafkaLog log = new KafkaLog();
    private final List<Instance> instances = new ArrayList<>();
    private final List<RoomId> rooms = new ArrayList<>();
    private final Map<RoomId, Set<String>> said = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    @TempDir
    private Path folder;

    private KeysetFile file;
    private KeyId first;
    private KeyId second;

    @BeforeEach
    void onlyOneKey() throws IOException {
        file = KeysetFile.readable(folder.resolve("keyset.json"));
        file.create(Keyset.fresh(KeyPurpose.MESSAGES));
        first = file.read().current();
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(RoomId.random());
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(Instance::close);
    }

    @Test
    void nothingNeedsTheOldKeyAfterItHasChangedUnderTwoInstancesAndADeath() throws IOException {
        var dying = new AtomicInteger(3);
        var doors = Doors.endingAt(
            (_, step) ->
                step.equals("pages updateOne $set messages $set version") && dying.getAndDecrement() == 0,
            Doors.Death.AFTER,
            () -> {}
        );
        var victim = keep(Instance.dying(database, log, SHORT, doors, keys()));
        var heir = start();
        say(victim, 150);
        say(heir, 150);
        var old = unsealedPage(heir);
        var writing = Disposables.composite(keepTalking(heir), keepTalking(victim));

        rotate(victim, heir);
        untilQuiet(heir);
        await()
            .atMost(PATIENCE)
            .until(() -> {
                heir.sweeper.sweep().block(PATIENCE);
                victim.resealing
                    .reseal(true)
                    .timeout(Duration.ofSeconds(5))
                    .onErrorComplete()
                    .block(PATIENCE);
                return doors.isShut();
            });
        assertThat(keysOnDisk(heir)).contains(first, second);
        reseal(heir);
        writing.dispose();

        assertThat(keysOnDisk(heir)).containsExactly(second);
        assertThat(documents(heir)).noneMatch(ResealingStoreTest::isUnsealed);
        file.write(file.read().without(first));
        var young = start();
        for (RoomId room : rooms) {
            assertThat(young.history(room)).extracting(Message::content).containsAll(said.get(room));
        }
        assertThat(young.page(old).messages()).extracting(Message::content).containsExactly("from long ago");
    }

    @Test
    void waitsUntilEveryInstanceSealsWithTheNewKey() throws IOException {
        var one = start();
        var two = start();
        say(one, 10);
        addSecondKey(one, two);
        file.write(file.read().withCurrent(second));
        reread(one);

        turn(one);
        turn(one);

        assertThat(keysOnDisk(one)).containsExactly(first);
        assertThat(walk(one)).isNull();
        reread(two);
        untilQuiet(two);
        reseal(two);
        assertThat(keysOnDisk(one)).containsExactly(second);
    }

    @Test
    void tellsNobodyAndWalksNoMoreOnceItIsDone() throws IOException {
        var one = start();
        say(one, 70);
        untilQuiet(one);
        int told = log.toldTo(rooms.getFirst()).size();
        var before = one.history(rooms.getFirst());
        addSecondKey(one);
        file.write(file.read().withCurrent(second));
        reread(one);
        untilQuiet(one);

        reseal(one);
        var finished = walk(one);
        int steps = one.doors.steps().size();
        turn(one);

        assertThat(one.doors.steps().subList(steps, one.doors.steps().size())).doesNotContain("pages find");
        assertThat(walk(one)).isEqualTo(finished);
        assertThat(finished.key()).isEqualTo(second);
        assertThat(finished.renewed()).isPositive();
        assertThat(log.toldTo(rooms.getFirst())).hasSize(told);
        assertThat(one.history(rooms.getFirst()))
            .extracting(message -> message.snapshot(Replies.NONE))
            .containsExactlyElementsOf(
                before
                    .stream()
                    .map(message -> message.snapshot(Replies.NONE))
                    .toList()
            );
        assertThat(one.meters.get("parley.sealing.old").gauge().value()).isZero();
    }

    @Test
    void leavesWhatDoesNotOpenAsItIs() throws IOException {
        var one = start();
        say(one, 3);
        untilQuiet(one);
        var id = new PageId(rooms.getFirst(), 0);
        byte[] foreign = new byte[60];
        foreign[0] = 1;
        foreign[1] = 1;
        one.store
            .one(Pages.COLLECTION, pages ->
                pages.updateOne(
                    new Document("_id", id.toString()),
                    new Document("$set", new Document("messages.0.sealed", new Binary(foreign)))
                )
            )
            .block(PATIENCE);
        addSecondKey(one);
        file.write(file.read().withCurrent(second));
        reread(one);
        untilQuiet(one);

        reseal(one);

        assertThat(walk(one).unopened()).isEqualTo(1);
        assertThat(keysOnDisk(one)).containsExactlyInAnyOrder(new KeyId(0), second);
    }

    @Test
    void reachesTheArchiveAndWhatLiesBehindPagesThatARoomHasNotKept() throws IOException {
        var one = start();
        RoomId room = rooms.getFirst();
        sayIn(one, room, 4 * PageId.SIZE);
        untilQuiet(one);
        var archived = new PageId(room, 2);
        settled(one, archived);
        assertThat(one.archive.archive.add(document(one, archived)).block(PATIENCE)).isTrue();
        one.rooms.reachesTo(room, 3).block(PATIENCE);
        var gone = new PageId(room, 0);
        one.store
            .one(Pages.COLLECTION, pages -> pages.deleteOne(new Document("_id", gone.toString())))
            .block(PATIENCE);
        rotate(one);
        untilQuiet(one);

        reseal(one);

        assertThat(keysOnDisk(one)).containsExactly(second);
        assertThat(ArchivedPage.isOne(document(one, archived))).isTrue();
        file.write(file.read().without(first));
        var young = start();
        assertThat(young.page(archived).messages())
            .hasSize(PageId.SIZE)
            .extracting(Message::content)
            .first()
            .isEqualTo("message 128");
    }

    private static void sayIn(Instance instance, RoomId room, int messages) {
        Flux.range(0, messages)
            .concatMap(i -> instance.post(room, Drafts.named(Drafts.ANNA, "message " + i, "said " + i)))
            .blockLast(PATIENCE);
    }

    private static void settled(Instance instance, PageId page) {
        await()
            .atMost(PATIENCE)
            .until(() -> instance.page(page).outbox().isEmpty());
    }

    private static Document document(Instance instance, PageId page) {
        return instance.pages.document(page).block(PATIENCE);
    }

    private Instance start() {
        return keep(new Instance(database, log, SHORT, 256, keys()));
    }

    private TestKeys keys() {
        return TestKeys.of(file);
    }

    private Instance keep(Instance instance) {
        instances.add(instance);
        instance.lease.require().block(PATIENCE);
        return instance;
    }

    private void rotate(Instance... all) throws IOException {
        addSecondKey(all);
        file.write(file.read().withCurrent(second));
        reread(all);
    }

    private void addSecondKey(Instance... all) throws IOException {
        file.write(file.read().withNewKey(KeyPurpose.MESSAGES));
        second = file.read().keys().getLast();
        reread(all);
    }

    private static void reread(Instance... all) {
        for (Instance instance : all) {
            instance.keys.keyring().reread();
            instance.lease.beat().block(PATIENCE);
        }
    }

    private void say(Instance instance, int messages) {
        Flux.range(0, messages)
            .concatMap(_ -> say(instance))
            .blockLast(PATIENCE);
    }

    private Mono<Posted> say(Instance instance) {
        int number = count.getAndIncrement();
        RoomId room = rooms.get(number % 7 < 4 ? 0 : number % ROOMS);
        String content = "message " + number;
        return instance
            .post(room, Drafts.named(Drafts.ANNA, content, content))
            .retryWhen(Retry.fixedDelay(50, Duration.ofMillis(100)))
            .doOnNext(_ -> said.computeIfAbsent(room, _ -> ConcurrentHashMap.newKeySet()).add(content));
    }

    private Disposable keepTalking(Instance instance) {
        return Mono.defer(() -> say(instance))
            .delaySubscription(Duration.ofMillis(5))
            .onErrorComplete()
            .repeat()
            .subscribeOn(Schedulers.boundedElastic())
            .subscribe();
    }

    /** As pages were before messages were sealed. */
    private PageId unsealedPage(Instance instance) {
        var id = new PageId(RoomId.random(), 0);
        var message = new Document("seq", 1L)
            .append("event", UUID.randomUUID())
            .append("author", Drafts.ANNA.value())
            .append("type", "TEXT")
            .append("at", Date.from(Instant.EPOCH))
            .append(PageDocument.UNSEALED, "from long ago");
        var page = new Document("_id", id.toString())
            .append(PageDocument.VERSION, 1L)
            .append(PageDocument.MESSAGES, List.of(message));
        instance.store.one(Pages.COLLECTION, pages -> pages.insertOne(page)).block(PATIENCE);
        instance.tails.advance(id).block(PATIENCE);
        return id;
    }

    private static void turn(Instance instance) {
        instance.resealing.reseal(true).block(PATIENCE);
    }

    private void reseal(Instance instance) {
        await()
            .atMost(PATIENCE)
            .until(() -> {
                instance.sweeper.sweep().block(PATIENCE);
                turn(instance);
                KeyWalk walk = walk(instance);
                return walk != null && walk.isFinishedFor(second);
            });
    }

    private static KeyWalk walk(Instance instance) {
        return new KeyWalks(instance.store).last().block(PATIENCE);
    }

    private void untilQuiet(Instance instance) {
        Instant now = Instant.now();
        await()
            .atMost(PATIENCE)
            .until(() -> rooms.stream().noneMatch(room -> owes(instance, room, now)));
    }

    private static boolean owes(Instance instance, RoomId room, Instant before) {
        return documents(instance)
            .stream()
            .filter(page -> page.getString("_id").startsWith(room.toString()))
            .anyMatch(page -> instance.keys.documents().owesSince(page, before));
    }

    private static List<Document> documents(Instance instance) {
        return instance.store
            .many(Pages.COLLECTION, pages -> pages.find())
            .collectList()
            .block(PATIENCE);
    }

    private static boolean isUnsealed(Document page) {
        return page
            .getList(PageDocument.MESSAGES, Document.class)
            .stream()
            .anyMatch(message -> message.containsKey(PageDocument.UNSEALED));
    }

    /** Of all that is sealed. */
    private static Set<KeyId> keysOnDisk(Instance instance) {
        Set<KeyId> keys = new HashSet<>();
        for (Document page : documents(instance)) {
            for (Document message : page.getList(PageDocument.MESSAGES, Document.class)) {
                Binary sealed = message.get(PageDocument.SEALED, Binary.class);
                if (sealed != null) {
                    keys.add(Sealer.keyOf(sealed.getData()));
                }
            }
        }
        return keys;
    }
}
