package chat.parley.system;

import chat.parley.system.Api.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who talks without a break, one message after the other, as a client does that loses nothing: what was not
 * accepted is tried again under the same {@code client_id} until it is.
 */
final class Chatter implements AutoCloseable {

    private static final Duration BREATH = Duration.ofMillis(40);
    private static final Duration BEFORE_A_RETRY = Duration.ofMillis(250);
    private static final Duration LAST_WORD = Duration.ofSeconds(40);
    private static final Set<Integer> ACCEPTED = Set.of(200, 201);
    // Everything else would be refused however often it is tried.
    private static final Set<Integer> WORTH_A_RETRY = Set.of(429, 502, 503, 504);

    private final Person person;
    private final Room room;
    private final List<JsonNode> accepted = new ArrayList<>();
    private final Thread thread;
    private volatile boolean talking = true;
    private volatile AssertionError refusal;

    private Chatter(Person person, Room room) {
        this.person = person;
        this.room = room;
        this.thread = Thread.ofVirtual().name("chatter-" + person).start(this::talk);
    }

    static Chatter of(Person person, Room room) {
        return new Chatter(person, room);
    }

    /** What has been accepted so far, as the server answered. */
    synchronized List<JsonNode> accepted() {
        if (refusal != null) {
            throw refusal;
        }
        return List.copyOf(accepted);
    }

    private synchronized void accept(JsonNode message) {
        accepted.add(message);
    }

    private void talk() {
        try {
            for (int number = 1; talking; number++) {
                say(person + " " + number);
                Thread.sleep(BREATH);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (AssertionError refused) {
            refusal = refused;
        }
    }

    private void say(String content) throws InterruptedException {
        while (!isAccepted(content)) {
            Thread.sleep(BEFORE_A_RETRY);
        }
    }

    private boolean isAccepted(String content) {
        Answer answer;
        try {
            answer = person.tries(content, content.replace(' ', '-'), room);
        } catch (UncheckedIOException broken) {
            return false;
        }
        if (ACCEPTED.contains(answer.status())) {
            accept(answer.body());
            return true;
        }
        if (!WORTH_A_RETRY.contains(answer.status())) {
            throw new AssertionError(person + " was refused with " + answer.status() + ": " + answer.text());
        }
        return false;
    }

    /** Lets them finish what they were saying; returns all that was accepted of them. */
    static List<JsonNode> stop(Chatter... chatters) {
        Stream.of(chatters).forEach(Chatter::close);
        return Stream.of(chatters)
            .flatMap(chatter -> chatter.accepted().stream())
            .toList();
    }

    @Override
    public void close() {
        talking = false;
        try {
            if (!thread.join(LAST_WORD)) {
                thread.interrupt();
                throw new AssertionError(person + " could not finish within " + LAST_WORD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
