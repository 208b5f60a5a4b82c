package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.system.Api.Answer;
import chat.parley.system.RealConversation.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A real conversation goes through the public API while real clients listen: nothing of it is lost or changed. */
@WithParley
class RealConversationJourneyIT {

    private static final int AUTHORS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Parley parley;

    RealConversationJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void aThousandLinesArriveAsTheyWereWritten() {
        RealConversation conversation = RealConversation.read(AUTHORS);
        Person[] authors = IntStream.range(0, AUTHORS)
            .mapToObj(number -> Person.signUp(parley, "Author" + number))
            .toArray(Person[]::new);
        Room room = authors[0].creates("ubuntu", authors[1], authors[2], authors[3], authors[4], authors[5]);
        try (Listeners listeners = Listeners.in(room, parley, authors[0], authors[1], authors[2])) {
            Map<Integer, JsonNode> posted = new HashMap<>();
            for (Line line : conversation.lines()) {
                posted.put(line.number(), post(line, posted, authors[line.author()], room));
            }

            List<JsonNode> history = authors[5].history(room);
            historyIsWhatWasWritten(history, conversation, authors);
            threadsFollowTheAnswers(history, conversation, posted);
            listeners.numbers().forEach(listener -> hasHeardAll(listeners, listener, conversation));
        }
    }

    /** As somebody who writes a line after the one before it has been accepted. */
    private static JsonNode post(Line line, Map<Integer, JsonNode> posted, Person author, Room room) {
        Map<String, Object> body = new HashMap<>();
        body.put("content", line.content());
        body.put("client_id", "line-" + line.number());
        parentOf(line, posted).ifPresent(parent -> body.put("parent_id", parent.path("id").asString()));
        Answer answer = author.post(room.path() + "/messages", body);
        return answer.require(201);
    }

    private static Optional<JsonNode> parentOf(Line line, Map<Integer, JsonNode> posted) {
        return line.answers().map(posted::get);
    }

    private static void historyIsWhatWasWritten(
        List<JsonNode> history,
        RealConversation conversation,
        Person[] authors
    ) {
        assertThat(contents(history)).isEqualTo(conversation.lines().stream().map(Line::content).toList());
        assertThat(history)
            .extracting(message -> message.path("seq").asLong())
            .isEqualTo(LongStream.rangeClosed(1, conversation.lines().size()).boxed().toList());
        assertThat(history)
            .extracting(message -> message.path("user_id").asString())
            .isEqualTo(
                conversation
                    .lines()
                    .stream()
                    .map(line -> authors[line.author()].id())
                    .toList()
            );
    }

    /** A reply's parent is the top of the thread that the answered line belongs to. */
    private static void threadsFollowTheAnswers(
        List<JsonNode> history,
        RealConversation conversation,
        Map<Integer, JsonNode> posted
    ) {
        Map<String, String> topOf = new HashMap<>();
        Map<String, Integer> replies = new HashMap<>();
        List<String> expected = new ArrayList<>();
        for (Line line : conversation.lines()) {
            String id = posted.get(line.number()).path("id").asString();
            String answered = parentOf(line, posted)
                .map(parent -> parent.path("id").asString())
                .orElse("");
            String top = topOf.getOrDefault(answered, answered);
            topOf.put(id, top.isEmpty() ? id : top);
            replies.merge(top, 1, Integer::sum);
            expected.add(top);
        }
        assertThat(history)
            .extracting(message -> message.path("parent_id").asString(""))
            .isEqualTo(expected);
        assertThat(history).allSatisfy(message ->
            assertThat(message.path("reply_count").asInt()).isEqualTo(
                replies.getOrDefault(message.path("id").asString(), 0)
            )
        );
        assertThat(expected)
            .as("answers in the log")
            .filteredOn(top -> !top.isEmpty())
            .hasSizeGreaterThan(100);
    }

    private static void hasHeardAll(Listeners listeners, int listener, RealConversation conversation) {
        int count = conversation.lines().size();
        await()
            .atMost(PATIENCE)
            .until(() -> listeners.heard(listener).stream().distinct().count() >= count);
        List<JsonNode> heard = listeners.heard(listener).stream().distinct().toList();
        assertThat(contents(heard)).isEqualTo(conversation.lines().stream().map(Line::content).toList());
        assertThat(heard)
            .extracting(message -> message.path("seq").asLong())
            .isSorted();
    }

    private static List<String> contents(List<JsonNode> messages) {
        return messages
            .stream()
            .map(message -> message.path("content").asString())
            .toList();
    }
}
