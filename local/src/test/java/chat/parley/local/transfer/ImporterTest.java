package chat.parley.local.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImporterTest {

    private static final int ROOMS = 5;
    private static final int LINES = 1_000;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private FakeServices services;

    @BeforeEach
    void services() throws IOException {
        services = new FakeServices();
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void bringsEveryLineIntoItsRoomOnce() throws IOException {
        assertThat(run(manyLines(), false)).isZero();

        assertEverythingIsThere();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("Imported 5,000 messages in 5 rooms");
    }

    @Test
    void doesNothingTheSecondTime() throws IOException {
        run(manyLines(), false);
        output.reset();
        run(manyLines(), false);

        assertEverythingIsThere();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains(
            "Imported 0 messages",
            "5,000 were there already"
        );
    }

    @Test
    void waitsForServicesThatAreAwayForAMoment() throws IOException {
        services.failing = call -> call % 3 == 0;

        assertThat(run(manyLines(), false)).isZero();

        assertEverythingIsThere();
    }

    @Test
    void goesOnWhereItBrokeOff() throws IOException {
        // A refusal that is about no line ends the run; what came before it is stored.
        services.refused = message -> message.path("content").asString().equals("room 2 line 700");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> run(manyLines(), true));
        assertThat(services.messages.values().stream().mapToInt(Map::size).sum()).isBetween(1, 4_999);

        services.refused = _ -> false;
        run(manyLines(), true);

        assertEverythingIsThere();
    }

    @Test
    void leavesOutTheOneLineThatIsRefused() throws IOException {
        services.refused = message -> message.path("content").asString().equals("room 2 line 700");

        assertThat(run(manyLines(), false)).isZero();

        assertThat(services.messages.values().stream().mapToInt(Map::size).sum()).isEqualTo(4_999);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains(
            "left out: room room 2, 700",
            "1 left out"
        );
    }

    @Test
    void splitsWhatIsTooLongAndKeepsThreadsAndPeople() throws IOException {
        Path file = folder.resolve("some.jsonl");
        Files.writeString(
            file,
            """
            {"room":"r","line":0,"at":"2004-11-15T12:18:00Z","user":"Ada","content":"%s"}
            {"room":"r","line":1,"at":"2004-11-15T12:18:00Z","user":"Bob","content":"yes","reply_to":[0],\
            "mentions":["Ada"],"reactions":[{"reaction_type":":+1::skin-tone-2:","users":["Eve"]}]}
            {"room":"r","line":2,"at":"2004-11-15T12:19:00Z","type":"system","user":null,"content":"Eve left"}
            """.formatted("x".repeat(9_000))
        );

        run(file, true);

        var stored = services.messages.get("room-0");
        assertThat(stored.keySet()).containsExactly(0L, 1L, 256L, 512L);
        assertThat(stored.get(0L).path("content").asString()).hasSize(8_000);
        JsonNode reply = stored.get(256L);
        assertThat(reply.path("answers").asLong(-1)).isZero();
        assertThat(reply.path("user_id").asString()).isEqualTo("id-of-bob");
        assertThat(reply.path("mentions").path(0).asString()).isEqualTo("id-of-ada");
        assertThat(reply.path("reactions").path(0).path("reaction_type").asString()).isEqualTo(":+1:");
        assertThat(stored.get(512L).path("type").asString()).isEqualTo("system");
        assertThat(stored.get(512L).has("user_id")).isFalse();
        assertThat(services.members.get("room-0")).containsExactlyInAnyOrder(
            "id-of-ada",
            "id-of-bob",
            "id-of-eve"
        );
    }

    @Test
    void endsAtTheFirstFaultWhereThatIsWanted() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.writeString(file, "nonsense\n");

        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> run(file, true))
            .withMessageContaining("line 1: no JSON");
    }

    private void assertEverythingIsThere() {
        assertThat(services.messages).hasSize(ROOMS);
        services.messages.forEach((_, stored) -> {
            String room = stored.firstEntry().getValue().path("content").asString().split(" line ")[0];
            assertThat(
                stored
                    .values()
                    .stream()
                    .map(message -> message.path("content").asString())
            ).containsExactlyElementsOf(
                IntStream.range(0, LINES)
                    .mapToObj(line -> room + " line " + line)
                    .toList()
            );
        });
        services.members.values().forEach(members -> assertThat(members).hasSize(7));
    }

    /** Some rooms after each other, others mixed. */
    private Path manyLines() throws IOException {
        Path file = folder.resolve("many.jsonl");
        String text = IntStream.range(0, LINES * ROOMS)
            .mapToObj(n ->
                n < 2 * LINES ? line(n / LINES, n % LINES) : line(2 + (n % 3), (n - 2 * LINES) / 3)
            )
            .collect(Collectors.joining("\n"));
        Files.writeString(file, text);
        return file;
    }

    private static String line(int room, int line) {
        return (
            "{\"room\":\"room %d\",\"line\":%d,\"at\":\"2004-11-15T12:18:00Z\",\"user\":\"u%d\"," +
            "\"content\":\"room %d line %d\"}"
        ).formatted(room, line, line % 7, room, line);
    }

    private int run(Path file, boolean strict) throws IOException {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
        Plan plan = new Plan("test", "ada", Map.of(), strict);
        return new Import(services.client(), plan, out, false).run(file, false);
    }
}
