package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What two people do in a room, one thing after the other, on whatever instance, and what has to come of it. It is
 * the same for the same seed.
 */
final class Conversation {

    /** Calls that the conversation makes among others. */
    static final List<String> STEPS = List.of(
        "leases insertOne",
        "claims insertMany",
        "claims find",
        "marks updateOne $set by $set page",
        "marks deleteOne",
        "pages insertOne",
        "pages updateOne $push messages $set changed $set outbox $set version",
        "pages updateOne $push messages $set changed $set outbox $set threads $set version",
        "pages updateOne $set changed $set threads $set version",
        "pages updateOne $unset outbox",
        "tails updateOne $max number $setOnInsert look_at",
        "kafka send"
    );

    private static final int BEFORE = 60;

    private final Random random;
    private final RoomId room;
    private final Map<String, Said> said = new HashMap<>();

    Conversation(long seed) {
        random = new Random(seed);
        room = RoomId.random();
    }

    RoomId room() {
        return room;
    }

    /** One thing that somebody does. Done again after a death, it is done once. */
    interface Act {
        Publisher<?> on(Instance instance);
    }

    /** What lies in the room when the conversation begins: the first page is nearly full. */
    Act beginning() {
        var names = names("before", BEFORE);
        names.forEach(name -> say(name, Drafts.ANNA, null));
        return instance -> Flux.fromIterable(names).flatMap(name -> post(instance, name), BEFORE);
    }

    List<Act> acts() {
        var acts = new ArrayList<Act>();
        String question = "before-" + random.nextInt(BEFORE);
        acts.add(says("first", Drafts.ANNA, null));
        acts.add(says("first", Drafts.ANNA, null));
        acts.add(says("near", Drafts.BERT, question));
        acts.add(allSay(names("crowd", 3)));
        acts.add(says("turn", Drafts.BERT, null));
        acts.add(says("far", Drafts.ANNA, question));
        acts.add(says("far", Drafts.ANNA, question));
        acts.add(says("nearer", Drafts.BERT, "turn"));
        acts.add(edits(question));
        acts.add(edits("turn"));
        acts.add(deletes("first"));
        acts.add(allSay(names("late", 2)));
        acts.add(says("first", Drafts.ANNA, null));
        acts.add(edits(question));
        acts.add(deletes("nearer"));
        return acts;
    }

    private static List<String> names(String kind, int count) {
        return IntStream.range(0, count)
            .mapToObj(i -> kind + "-" + i)
            .toList();
    }

    private Act says(String name, UserId author, @Nullable String parent) {
        say(name, author, parent);
        return instance -> post(instance, name);
    }

    /** At once, and the first one twice. */
    private Act allSay(List<String> names) {
        names.forEach(name -> say(name, Drafts.BERT, null));
        var twice = new ArrayList<>(names);
        twice.add(names.getFirst());
        return instance ->
            Flux.fromIterable(twice)
                .flatMap(name -> post(instance, name))
                .then(Mono.just(true));
    }

    private Act edits(String name) {
        String content = name + " edited " + random.nextInt(1_000);
        return instance ->
            instance.lanes
                .change(room, new Amendment(said.get(name).seq, content))
                .doOnNext(altered -> said.get(name).becomes(content, altered.message()));
    }

    private Act deletes(String name) {
        return instance ->
            instance.lanes
                .change(room, new Amendment(said.get(name).seq, null))
                .doOnNext(altered -> said.get(name).becomes("", altered.message()));
    }

    private void say(String name, UserId author, @Nullable String parent) {
        said.computeIfAbsent(name, _ -> new Said(author, name + " " + random.nextInt(1_000), parent));
    }

    private Mono<Posted> post(Instance instance, String name) {
        return Mono.fromSupplier(() -> draft(name))
            .flatMap(draft -> instance.post(room, draft))
            .doOnNext(posted -> said.get(name).heard(posted));
    }

    /** Another try is another event. */
    private Draft draft(String name) {
        var what = said.get(name);
        Long parent = what.parent == null ? null : said.get(what.parent).seq;
        return new Draft(
            EventId.random(),
            what.author,
            what.content,
            parent,
            List.of(),
            List.of(),
            name,
            null
        );
    }

    /** Whether the room is what all that was acknowledged makes of it. */
    void assertHolds(List<Message> history, Map<Long, Replies> threads) {
        assertThat(history)
            .extracting(Message::seq)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, said.size()).boxed().toList());
        assertThat(history).extracting(Message::clientId).containsExactlyInAnyOrderElementsOf(said.keySet());
        history.forEach(message -> said.get(message.clientId()).assertIs(message));
        assertThat(counts(threads)).isEqualTo(repliesSaid());
    }

    private static Map<Long, Long> counts(Map<Long, Replies> threads) {
        return threads
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, thread -> (long) thread.getValue().count()));
    }

    private Map<Long, Long> repliesSaid() {
        return said
            .values()
            .stream()
            .filter(what -> what.parent != null)
            .collect(Collectors.groupingBy(what -> said.get(what.parent).seq, Collectors.counting()));
    }

    /** Says everything once more: nothing may come of it. */
    Act repetition() {
        return instance ->
            Flux.fromIterable(said.keySet())
                .flatMap(name -> again(instance, name))
                .then();
    }

    private Mono<Posted> again(Instance instance, String name) {
        return post(instance, name).doOnNext(posted -> assertThat(posted.repeated()).as(name).isTrue());
    }

    /** A message, by the name that its author's client gives it. */
    private static final class Said {

        private final UserId author;
        private String content;
        private final @Nullable String parent;
        private @Nullable Long seq;

        Said(UserId author, String content, @Nullable String parent) {
            this.author = author;
            this.content = content;
            this.parent = parent;
        }

        /** Every answer to every try names the same message. */
        synchronized void heard(Posted posted) {
            long answered = posted.message().seq();
            assertThat(seq == null ? answered : seq).isEqualTo(answered);
            seq = answered;
            assertIs(posted.message());
        }

        synchronized void becomes(String newContent, Message message) {
            content = newContent;
            assertIs(message);
        }

        void assertIs(Message message) {
            assertThat(message.author()).isEqualTo(author);
            assertThat(message.content()).isEqualTo(content);
            assertThat(message.isDeleted()).isEqualTo(content.isEmpty());
            assertThat(message.seq()).isEqualTo(seq);
        }
    }
}
