package chat.parley.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFolderTest {

    @TempDir
    private Path place;

    @Test
    void makesWhatIsMissingAndLeavesWhatIsThere() throws IOException {
        KeysetFolder folder = new KeysetFolder(place.resolve("keys"));
        Path messages = folder.file(KeyPurpose.MESSAGES);
        Path search = folder.file(KeyPurpose.SEARCH);

        assertThat(folder.complete()).containsExactly(messages, search);
        String first = Files.readString(messages);
        Files.delete(search);
        assertThat(folder.complete()).containsExactly(search);

        assertThat(folder.complete()).isEmpty();
        assertThat(messages).hasContent(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(search))).isEqualTo(
            "rw-------"
        );
        new Sealer(new Keyring(KeysetFile.readable(messages)));
        new SearchKey(new Keyring(KeysetFile.readable(search)));
    }

    @Test
    void refusesAFolderWithAFileThatIsNoKeyset() throws IOException {
        KeysetFolder folder = new KeysetFolder(place);
        Files.writeString(folder.file(KeyPurpose.MESSAGES), "half a key");
        Files.setPosixFilePermissions(
            folder.file(KeyPurpose.MESSAGES),
            PosixFilePermissions.fromString("rw-------")
        );

        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(folder::complete);

        assertThat(folder.file(KeyPurpose.MESSAGES)).hasContent("half a key");
    }
}
