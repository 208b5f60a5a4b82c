package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rooms from elsewhere come in by the command line, whatever dies meanwhile, and go out again. */
@WithParley
class ImportJourneyIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROOMS = 3;
    private static final int LINES = 1_500;
    // More than a message has space for.
    private static final int ADMIRERS = 230;

    private final Parley parley;
    private final String word = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    private Path folder;

    private Person anna;

    ImportJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeEach
    void arrive() {
        anna = Person.signUp(parley, "Anna");
    }

    @Test
    void everyLineComesInOnceWhateverDiesMeanwhile() throws IOException {
        assumeTrue(parley.isOurs(), "a suite that somebody else started is not ours to kill");
        Path file = someRooms();
        String[] command = { "import", file.toString(), "--as", anna.username() };

        parley.transfersUntil(this::hasSomething, command);
        parley.kill("message-service");
        Parley.Outcome rest = parley.transfers(command);
        Parley.Outcome again = parley.transfers(command);

        rest.requireSuccess();
        assertThat(again.output()).contains(
            "Imported 0 messages in 3 rooms",
            "%,d were there already".formatted(ROOMS * LINES),
            "0 left out"
        );
        for (int number = 0; number < ROOMS; number++) {
            holdsWhatTheFileSays(number, anna.history(room(number)));
        }
        nobodyHasAnythingToRead();
    }

    @Test
    void anExportComesInAsTheSameRoom() throws IOException {
        Path rooms = someRooms();
        Files.writeString(rooms, loved(1, LINES) + "\n", StandardOpenOption.APPEND);
        parley.transfers("import", rooms.toString(), "--as", anna.username()).requireSuccess();
        Room first = room(1);
        anna.posts("and on we go", first);
        List<JsonNode> history = anna.history(first);
        Path file = folder.resolve("export.jsonl");

        parley.transfers("export", first.id(), "--out", file.toString()).requireSuccess();
        parley
            .transfers("import", file.toString(), "--as", anna.username(), "--source", "again-" + word)
            .requireSuccess();

        Room copy = anna
            .rooms()
            .stream()
            .filter(room -> room.path("name").asString().equals(first.name()))
            .map(room -> new Room(room.path("id").asString(), first.name()))
            .filter(room -> !room.id().equals(first.id()))
            .findFirst()
            .orElseThrow();
        assertThat(essence(anna.history(copy))).isEqualTo(essence(history));
        JsonNode hearts = history.get(LINES).path("reactions").path(0);
        assertThat(hearts.path("reaction_type").asString()).as("whatever the file wrote").isEqualTo("❤️");
        assertThat(hearts.path("count").asInt()).isEqualTo(ADMIRERS);
    }

    @Test
    void saysWhatItLeftOutAndWhatItCannotRead() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.writeString(file, line(0, 0) + "\nnonsense\n" + line(0, 1) + "\n");

        Parley.Outcome outcome = parley.transfers("import", file.toString(), "--as", anna.username());
        Parley.Outcome unknown = parley.transfers("import", file.toString(), "--as", "nobody-" + word);

        outcome.requireSuccess();
        assertThat(outcome.output()).contains(
            "left out: line 2: no JSON",
            "Imported 2 messages",
            "1 left out"
        );
        assertThat(unknown.exitCode()).isOne();
        assertThat(unknown.output()).contains("nobody-" + word + " is no user here");
    }

    private boolean hasSomething() {
        return anna
            .rooms()
            .stream()
            .anyMatch(room -> room.path("last_seq").asInt() > 0);
    }

    private void holdsWhatTheFileSays(int number, List<JsonNode> history) {
        assertThat(history)
            .extracting(message -> message.path("content").asString())
            .containsExactlyElementsOf(
                IntStream.range(0, LINES)
                    .mapToObj(line -> content(number, line))
                    .toList()
            );
        assertThat(history)
            .extracting(message -> message.path("seq").asInt())
            .isSorted()
            .hasSize(LINES);
        JsonNode thread = history.get(1);
        assertThat(thread.path("reply_count").asInt()).isEqualTo(LINES / 100);
        assertThat(thread.path("created_at").asString()).isEqualTo("2004-11-15T12:01:00.000Z");
        assertThat(history.get(150).path("parent_id")).isEqualTo(thread.path("id"));
        assertThat(history.getFirst().path("type").asString()).isEqualTo("system");
        assertThat(history.get(2).path("reactions").path(0).path("reaction_type").asString()).isEqualTo("👍");
    }

    private void nobodyHasAnythingToRead() {
        Awaitility.await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(anna.rooms())
                    .hasSize(ROOMS)
                    .allSatisfy(room -> {
                        assertThat(room.path("last_seq").asInt()).isEqualTo(LINES);
                        assertThat(room.path("unread_count").asInt()).isZero();
                        assertThat(room.path("member_count").asInt()).isEqualTo(6);
                    })
            );
    }

    /** What must be the same in a room and its copy, where people keep their names and get new ids. */
    private static List<String> essence(List<JsonNode> history) {
        Map<String, Integer> places = history
            .stream()
            .collect(Collectors.toMap(message -> message.path("id").asString(), m -> m.path("seq").asInt()));
        Function<JsonNode, String> essence = message ->
            String.join(
                "|",
                message.path("seq").asString(),
                message.path("content").asString(),
                message.path("type").asString(),
                message.path("created_at").asString(),
                String.valueOf(places.get(message.path("parent_id").asString(""))),
                message.path("reply_count").asString(),
                message.path("reactions").path(0).path("reaction_type").asString(""),
                message.path("reactions").path(0).path("count").asString("")
            );
        return history.stream().map(essence).toList();
    }

    private Room room(int number) {
        return anna
            .rooms()
            .stream()
            .filter(room -> room.path("name").asString().equals(name(number)))
            .map(room -> new Room(room.path("id").asString(), name(number)))
            .findFirst()
            .orElseThrow();
    }

    private Path someRooms() throws IOException {
        Path file = folder.resolve("rooms-" + word + ".jsonl");
        Files.write(
            file,
            IntStream.range(0, ROOMS * LINES)
                .mapToObj(n -> line(n / LINES, n % LINES))
                .toList()
        );
        return file;
    }

    private String name(int number) {
        return "orchard-" + number + "-" + word;
    }

    private static String content(int number, int line) {
        return "In orchard " + number + " apple " + line + " fell";
    }

    /** Five people; line 1 begins a thread that every hundredth line answers by way of the one before. */
    private String line(int number, int line) {
        String author = line == 0
            ? "\"type\":\"system\",\"user\":null"
            : "\"user\":\"|%s-%d|\"".formatted(word, line % 5);
        String answers = line % 100 == 50 ? ",\"reply_to\":[" + (line == 50 ? 1 : line - 100) + "]" : "";
        String reactions = line == 2
            ? ",\"reactions\":[{\"reaction_type\":\"👍\",\"users\":[\"|%s-1|\"]}]".formatted(word)
            : "";
        return "{\"room\":\"%s\",\"line\":%d,\"at\":\"2004-11-15T12:%02d:00Z\",%s,\"content\":\"%s\"%s%s}".formatted(
            name(number),
            line,
            line % 60,
            author,
            content(number, line),
            answers,
            reactions
        );
    }

    private String loved(int number, int line) {
        String admirers = IntStream.range(0, ADMIRERS)
            .mapToObj(n -> "\"|%s-%d|\"".formatted(word, n))
            .collect(Collectors.joining(","));
        return "{\"room\":\"%s\",\"line\":%d,\"at\":\"2004-11-15T12:59:00Z\",\"user\":\"|%s-0|\",\"content\":\"%s\",\"reactions\":[{\"reaction_type\":\"❤\",\"users\":[%s]}]}".formatted(
            name(number),
            line,
            word,
            content(number, line),
            admirers
        );
    }
}
