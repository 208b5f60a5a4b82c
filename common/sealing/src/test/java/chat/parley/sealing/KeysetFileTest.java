package chat.parley.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetFileTest {

    @TempDir
    private Path folder;

    private final Keyset keyset = Keyset.fresh(KeyPurpose.MESSAGES);

    @Test
    void keepsTheKeysForTheirOwnerAlone() throws IOException {
        KeysetFile file = KeysetFile.readable(folder.resolve("keys.json"));

        file.create(keyset);

        assertThat(file.read()).isEqualTo(keyset);
        assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys.json")))
        ).isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining("glob:**/keys.json");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void refusesKeysThatOthersCanRead() throws IOException {
        Path path = folder.resolve("keys.json");
        KeysetFile.readable(path).create(keyset);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));

        assertUnusable(KeysetFile.readable(path), "others can read");
    }

    @Test
    void takesASecretThatAGroupMayRead() throws IOException {
        Path path = folder.resolve("keys.json");
        KeysetFile.readable(path).create(keyset);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r-----"));

        assertThat(KeysetFile.readable(path).read()).isEqualTo(keyset);
    }

    @Test
    void neverReplacesAKeysetByCreatingOne() throws IOException {
        KeysetFile file = KeysetFile.readable(folder.resolve("keys.json"));
        file.create(keyset);

        assertThatExceptionOfType(KeysetUnusable.class)
            .isThrownBy(() -> file.create(Keyset.fresh(KeyPurpose.MESSAGES)))
            .withMessageContaining("already");
        assertThat(file.read()).isEqualTo(keyset);
    }

    @Test
    void saysWhereTheKeysetShouldBeAndNothingOfWhatIsThere() throws IOException {
        assertUnusable(KeysetFile.readable(folder.resolve("none.json")), "there is no keyset at");
        Path junk = folder.resolve("junk.json");
        Files.writeString(junk, "{\"primaryKeyId\":1,\"key\":[{\"secret\":\"harbour\"}]}");
        Files.setPosixFilePermissions(junk, PosixFilePermissions.fromString("rw-------"));

        assertUnusable(KeysetFile.readable(junk), "it is no keyset");
    }

    private static void assertUnusable(KeysetFile file, String why) {
        assertThatExceptionOfType(KeysetUnusable.class)
            .isThrownBy(file::read)
            .withMessageContaining(why)
            .satisfies(refusal -> assertThat(stackOf(refusal)).doesNotContain("harbour"));
    }

    private static String stackOf(Throwable thrown) {
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void goesOnWithTheLastKeysetWhileTheFileIsBroken() throws IOException {
        Path path = folder.resolve("keys.json");
        KeysetFile file = KeysetFile.readable(path);
        file.create(keyset);
        Keyring keyring = new Keyring(file);
        Files.writeString(path, "half a key", StandardCharsets.UTF_8);

        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(keyring::reread);

        assertThat(keyring.keyset()).isEqualTo(keyset);
        Keyset more = keyset.withNewKey(KeyPurpose.MESSAGES);
        file.write(more);
        assertThat(keyring.reread()).isTrue();
        assertThat(keyring.reread()).isFalse();
        assertThat(keyring.keyset()).isEqualTo(more);
    }

    @Test
    void keepsTheFormerKeysBesideTheNewOnes() throws IOException {
        Path path = folder.resolve("keys.json");
        KeysetFile file = KeysetFile.readable(path);
        file.create(keyset);
        Keyset more = keyset.withNewKey(KeyPurpose.MESSAGES);

        Path former = file.replace(more);

        assertThat(file.read()).isEqualTo(more);
        assertThat(KeysetFile.readable(former).read()).isEqualTo(keyset);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(former))).isEqualTo(
            "rw-------"
        );
    }

    @Test
    void refusesKeysOfTheOtherPurpose() {
        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(() ->
            new SearchKey(new Keyring(() -> keyset))
        );
    }

    @Test
    void removesAnOldKeyAndNeverTheCurrentOne() {
        Keyset two = keyset.withNewKey(KeyPurpose.MESSAGES);
        KeyId young = two.keys().getLast();

        assertThat(two.withCurrent(young).without(keyset.current()).keys()).containsExactly(young);
        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(() -> two.without(keyset.current()));
        assertThatExceptionOfType(KeysetUnusable.class).isThrownBy(() -> keyset.without(young));
    }
}
