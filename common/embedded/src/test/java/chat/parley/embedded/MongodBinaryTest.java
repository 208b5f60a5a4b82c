package chat.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongodBinaryTest {

    @TempDir
    Path folder;

    @Test
    void prefersAnInstalledOneToOneThatWasFetched() throws IOException {
        var installed = executable(folder.resolve("bin/mongod"));
        var fetched = executable(folder.resolve("cache/mongod"));

        assertThat(on("/nowhere:" + folder.resolve("bin")).find()).contains(installed);
        assertThat(on("/nowhere").find()).contains(fetched);
    }

    @Test
    void takesNothingThatDoesNotRun() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("bin/mongod"), "no program");

        assertThat(on(folder.resolve("bin").toString()).find()).isEmpty();
    }

    private MongodBinary on(String path) {
        return new MongodBinary(path, folder.resolve("cache"));
    }

    private static Path executable(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.setPosixFilePermissions(
            Files.writeString(file, ""),
            PosixFilePermissions.fromString("rwxr-xr-x")
        );
    }
}
