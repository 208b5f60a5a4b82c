package chat.parley.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.local.files.Keysets.Kind;
import chat.parley.local.supervision.StartFailure;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.Sealer;
import chat.parley.sealing.SearchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetsTest {

    @TempDir
    private Path root;

    private DataFolder data;
    private Path messages;

    @BeforeEach
    void create() {
        data = new DataFolder(root);
        data.create();
        messages = data.keyset("message-keyset");
    }

    @Test
    void makesKeysAtTheFirstStartThatTheirOwnerAloneReads() throws IOException {
        Map<Kind, String> values = open(Map.of());

        assertThat(values.get(Kind.MESSAGES)).isEqualTo("file:" + messages);
        for (Kind kind : Kind.values()) {
            Path file = Path.of(values.get(kind).substring("file:".length()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(
                "rw-------"
            );
        }
        new Sealer(new Keyring(KeysetSource.of(KeyPurpose.MESSAGES, values.get(Kind.MESSAGES), "")));
        new SearchKey(new Keyring(KeysetSource.of(KeyPurpose.SEARCH, values.get(Kind.SEARCH), "")));
    }

    @Test
    void keepsThemFromStartToStart() throws IOException {
        open(Map.of());
        Keyset first = KeysetFile.readable(messages).read();

        open(Map.of());

        assertThat(KeysetFile.readable(messages).read()).isEqualTo(first);
    }

    @Test
    void makesOthersForEmptyData() throws IOException {
        Ports.of(data, List.of("mongodb"), 8080);
        open(Map.of());
        Keyset first = KeysetFile.readable(messages).read();

        data.empty();
        assertThat(messages).doesNotExist();
        open(Map.of());

        assertThat(KeysetFile.readable(messages).read()).isNotEqualTo(first);
    }

    @Test
    void makesThemForDataFromBeforeMessagesWereSealed() throws IOException {
        Files.writeString(Files.createDirectories(data.servers().resolve("mongodb")).resolve("old"), "old");

        open(Map.of());

        assertThat(messages).exists();
    }

    @Test
    void refusesToStartWithoutTheKeysOfWhatIsStored() throws IOException {
        open(Map.of());
        Files.delete(messages);

        assertThatThrownBy(() -> open(Map.of()))
            .isInstanceOf(StartFailure.class)
            .hasMessageContaining("there is no keyset at " + messages)
            .hasMessageContaining("--fresh");
        assertThat(messages).doesNotExist();
    }

    @Test
    void refusesToStartWithOtherKeysThanThoseOfWhatIsStored() throws IOException {
        open(Map.of());
        Files.delete(messages);
        KeysetFile.readable(messages).create(Keyset.fresh(KeyPurpose.MESSAGES));

        assertThatThrownBy(() -> open(Map.of()))
            .isInstanceOf(StartFailure.class)
            .hasMessageContaining("is not the keyset of the data in " + root);
    }

    @Test
    void followsANewKeyUntilTheOldOneIsGone() throws IOException {
        open(Map.of());
        KeysetFile file = KeysetFile.readable(messages);
        Keyset both = file.read().withNewKey(KeyPurpose.MESSAGES);
        Keyset changed = both.withCurrent(both.keys().getLast());

        file.write(changed);
        open(Map.of());
        file.write(changed.without(both.current()));

        assertThat(open(Map.of())).containsKey(Kind.MESSAGES);
    }

    @Test
    void goesOnAfterAStartThatDiedBetweenTheKeysAndTheNote() throws IOException {
        open(Map.of());
        Keyset first = KeysetFile.readable(messages).read();
        Files.delete(data.keysetsNote());

        open(Map.of());

        assertThat(KeysetFile.readable(messages).read()).isEqualTo(first);
    }

    @Test
    void leavesItToTheKeysetThatTheEnvironmentNames() throws IOException {
        Map<Kind, String> values = open(Map.of("PARLEY_MESSAGE_KEYSET", "file:/elsewhere.json"));

        assertThat(values).containsEntry(Kind.MESSAGES, "file:/elsewhere.json");
        assertThat(messages).doesNotExist();
        assertThatThrownBy(() -> open(Map.of()))
            .isInstanceOf(StartFailure.class)
            .hasMessageContaining("PARLEY_MESSAGE_KEYSET")
            .hasMessageContaining("set it again");
    }

    private Map<Kind, String> open(Map<String, String> environment) throws IOException {
        return new Keysets(data, environment).open();
    }
}
