package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The key of messages changes while people talk, and nobody notices. */
@WithParley
@Order(Integer.MAX_VALUE - 2)
class KeysJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    // The services read keysets every ten seconds; then six pass before the pages are gone through.
    private static final Duration SEALED_ANEW = Duration.ofMinutes(3);

    private final Parley parley;

    @TempDir
    private Path folder;

    KeysJourneyIT(Parley parley) {
        this.parley = parley;
    }

    @BeforeEach
    void mayChangeKeys() {
        assumeTrue(parley.isOurs(), "the keys of a suite that somebody else started are not ours to change");
    }

    @Test
    void anOldKeyIsReplacedWithoutARestart() throws IOException {
        Person anna = Person.signUp(parley, "Anna");
        Person bert = Person.signUp(parley, "Bert");
        Room room = anna.creates("vault", bert);
        bert.opens(room);
        IntStream.range(0, 70).forEach(i -> anna.posts("under the old key " + i, room));
        List<String> old = keys();

        parley.keys("add").requireSuccess();
        String young = keys().getLast();
        assertThat(state(young)).isEqualTo("opens");
        parley.keys("promote").requireSuccess();
        assertThat(state(young)).isEqualTo("seals and opens");
        Parley.Outcome tooEarly = parley.keys("drop", old.getLast());
        anna.posts("under whichever seals", room);
        bert.receives("under whichever seals").within(SOON);

        assertThat(tooEarly.exitCode()).isOne();
        assertThat(tooEarly.output()).contains("may need key " + old.getLast());
        await("older keys are free to go")
            .atMost(SEALED_ANEW)
            .until(() -> old.stream().allMatch(key -> state(key).equals("is free to go")));
        anna.posts("under the new key", room);
        List<JsonNode> history = anna.history(room);
        old.forEach(key -> parley.keys("drop", key).requireSuccess());
        assertThat(keys()).containsExactly(young);
        parley.killAndAwait("message-service");
        assertThat(anna.history(room)).isEqualTo(history).hasSize(72);
        assertThat(anna.history(room)).noneMatch(message ->
            message.path("content").asString().contains("\uFFFD")
        );
        anna.posts("and on", room);
        bert.receives("and on").within(SOON);
        anna.close();
        bert.close();
    }

    /** The numbers of all keys of messages. */
    private List<String> keys() {
        return lines()
            .stream()
            .map(line -> line.split(" {2}", 2)[0].strip())
            .toList();
    }

    private String state(String key) {
        return lines()
            .stream()
            .filter(line -> line.startsWith(key))
            .map(line -> line.substring(line.indexOf("  ")).strip())
            .findFirst()
            .orElseThrow();
    }

    private List<String> lines() {
        Parley.Outcome listed = parley.keys();
        listed.requireSuccess();
        return listed.output().lines().skip(1).map(String::strip).toList();
    }

    @Test
    void makesKeysetsForWhoHasNoSuiteHere() throws IOException {
        Path keys = folder.resolve("keys");

        parley.keys("new", keys.toString()).requireSuccess();
        Parley.Outcome again = parley.keys("new", keys.toString());
        Parley.Outcome search = parley.keys("--keyset", keys.resolve("search-keyset.json").toString());

        again.requireSuccess();
        assertThat(again.output()).isEmpty();
        for (String name : List.of("message-keyset.json", "search-keyset.json")) {
            assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(name)))
            ).isEqualTo("rw-------");
        }
        assertThat(search.exitCode()).isOne();
        assertThat(search.output()).contains("its keys are for something else");
    }
}
