package chat.parley.local.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.local.supervision.StartFailure;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path root;

    private DataFolder folder;

    @BeforeEach
    void create() {
        folder = new DataFolder(root);
        folder.create();
    }

    @Test
    void losesItsDataAndNothingElseWhenItIsEmptied() throws IOException {
        Ports.of(folder, List.of("postgres"), 8080);
        Path table = Files.writeString(
            Files.createDirectories(folder.servers().resolve("postgres")).resolve("t"),
            "x"
        );
        Path letter = Files.writeString(root.resolve("letter.txt"), "Dear Ada");

        folder.empty();

        assertThat(table).doesNotExist();
        assertThat(letter).exists();
        assertThat(folder.servers()).isEmptyDirectory();
    }

    @Test
    void keepsAFolderThatOnlyHappensToBeCalledLikeOurs() throws IOException {
        Path inventory = Files.writeString(folder.servers().resolve("inventory.txt"), "two racks");

        folder.empty();

        assertThat(inventory).exists();
    }

    @Test
    void cannotBeWhereAFileIs() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(new DataFolder(file)::create)
            .isInstanceOf(StartFailure.class)
            .hasMessageStartingWith("Cannot write to " + file)
            .hasMessageEndingWith("choose another place with --data");
    }

    @Test
    void isFreeAgainOnceItsLockIsClosed() throws IOException {
        FileLock lock = folder.tryLock().orElseThrow();
        lock.channel().close();

        FileLock next = folder.tryLock().orElseThrow();

        assertThat(next.isValid()).isTrue();
        next.channel().close();
    }
}
