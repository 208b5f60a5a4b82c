package chat.parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.local.supervision.StartFailure;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyset somewhere, and a message-service that says which keys it needs. */
class KeysCommandTest {

    @TempDir
    private Path folder;

    private HttpServer messages;
    private volatile String answer = "{}";
    private Path path;
    private KeyId first;

    @BeforeEach
    void aKeyset() throws IOException {
        messages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        messages.createContext("/internal/keys", exchange -> {
            try (exchange) {
                byte[] json = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, json.length);
                exchange.getResponseBody().write(json);
            }
        });
        messages.start();
        path = folder.resolve("keys.json");
        keys("new", "--keyset", path.toString());
        first = keyset().current();
    }

    @AfterEach
    void end() {
        messages.stop(0);
    }

    @Test
    void changesTheKeyInThreeStepsAndKeepsWhatWasThere() throws IOException {
        assertThat(keys("add", "--keyset", path.toString())).contains("Added key ");
        KeyId second = keyset().keys().getLast();
        assertThat(keyset().current()).isEqualTo(first);

        keys("promote", "--keyset", path.toString());
        assertThat(keyset().current()).isEqualTo(second);
        assertThat(keyset().keys()).containsExactly(first, second);
        answer = stored(second, second);
        keys("drop", first.toString(), "--keyset", path.toString());

        assertThat(keyset().keys()).containsExactly(second);
        try (var files = Files.list(folder)) {
            List<Path> former = files.filter(file -> file.toString().endsWith(".former")).toList();
            assertThat(former)
                .hasSize(3)
                .allSatisfy(file -> assertThat(KeysetFile.readable(file).read().keys()).contains(first));
        }
    }

    @Test
    void listsWhatEachKeyDoes() throws IOException {
        KeyId second = twoKeys();

        answer = stored(second, first, second);
        assertThat(keys("--keyset", path.toString())).contains(
            "%-10s  opens".formatted(first),
            "%-10s  seals and opens".formatted(second)
        );
        answer = stored(second, second);
        assertThat(keys("list", "--keyset", path.toString())).contains(
            "%-10s  is free to go".formatted(first)
        );
    }

    @Test
    void doesNotSendAKeyAwayThatHasJustCome() throws IOException {
        keys("add", "--keyset", path.toString());
        answer = stored(first, first);

        assertThat(keys("list", "--keyset", path.toString())).contains(
            "%-10s  opens".formatted(keyset().keys().getLast())
        );
    }

    @Test
    void dropsNoKeyThatMayBeNeeded() throws IOException {
        KeyId second = twoKeys();
        String number = first.toString();

        for (String needed : List.of(stored(second, first, second), stored(first, second), "{}")) {
            answer = needed;
            assertRefused("drop", number).withMessageContaining("may need key " + number);
        }
        messages.stop(0);
        assertThatExceptionOfType(IOException.class).isThrownBy(() ->
            keys("drop", number, "--keyset", path.toString())
        );

        assertThat(keyset().keys()).containsExactly(first, second);
        assertThat(keys("drop", number, "--keyset", path.toString(), "--force")).contains(
            "PARLEY_LOST_KEYS=" + number
        );
        assertThat(keyset().keys()).containsExactly(second);
    }

    @Test
    void neverDropsTheKeyThatSeals() throws IOException {
        KeyId second = twoKeys();

        assertRefused("drop", second.toString(), "--force").withMessageContaining("is the one that seals");
        assertRefused("drop", "1", "--force").withMessageContaining("there is no key 1");
        assertRefused("drop", "nonsense").withMessageContaining("No key has the number nonsense");
        assertRefused("drop").withMessageContaining("wants the number");
        assertRefused("promote").withMessageContaining("is the current one already");
    }

    @Test
    void findsNoMoreByAnotherKeyUnlessThatIsWanted() throws IOException {
        Path search = folder.resolve("search.json");
        keys("new", "--search", "--keyset", search.toString());
        keys("add", "--search", "--keyset", search.toString());

        assertThatExceptionOfType(StartFailure.class)
            .isThrownBy(() -> keys("promote", "--search", "--keyset", search.toString()))
            .withMessageContaining("nothing is found that was sent before");
        assertThat(keys("promote", "--search", "--force", "--keyset", search.toString())).contains(
            "is the current one"
        );
    }

    @Test
    void takesNoKeysetForAnother() {
        assertRefused("add", "--search").withMessageContaining("its keys are for something else");
    }

    @Test
    void replacesNoKeysetByANewOne() throws IOException {
        assertRefused("new").withMessageContaining("already");

        assertThat(keyset().current()).isEqualTo(first);
    }

    @Test
    void saysThatThereIsNoSuite() {
        assertThatExceptionOfType(StartFailure.class)
            .isThrownBy(() -> keys("list", "--data", folder.resolve("none").toString()))
            .withMessageContaining("there is no keyset at");
    }

    private KeyId twoKeys() throws IOException {
        keys("add", "--keyset", path.toString());
        keys("promote", "--keyset", path.toString());
        return keyset().current();
    }

    private Keyset keyset() {
        return KeysetFile.readable(path).read();
    }

    private ThrowableAssertAlternative<StartFailure> assertRefused(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--keyset", path.toString()));
        return assertThatExceptionOfType(StartFailure.class).isThrownBy(() ->
            keys(all.toArray(String[]::new))
        );
    }

    private String keys(String... words) throws IOException {
        String url = "http://127.0.0.1:" + messages.getAddress().getPort();
        Map<String, String> environment = Map.of(
            "PARLEY_ROOM_URL",
            url,
            "PARLEY_MESSAGE_URL",
            url,
            "PARLEY_SERVICE_SECRET",
            "a-secret-of-thirty-two-bytes-0123456789"
        );
        var text = new ByteArrayOutputStream();
        Command.Keys command = KeysOptions.of(List.of(words), folder.resolve(".parley")).toKeys();
        try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            assertThat(new KeysCommand(command, environment, out).run()).isZero();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static String stored(KeyId opensAll, KeyId... needed) {
        String proofs = List.of(needed)
            .stream()
            .map("{\"purpose\":\"messages\",\"key\":\"%s\",\"proof\":\"\"}"::formatted)
            .collect(Collectors.joining(","));
        return "{\"needed\":[%s],\"opens_all\":\"%s\",\"unopened\":0}".formatted(proofs, opensAll);
    }
}
