package chat.parley.local.files;

import chat.parley.local.supervision.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where one suite keeps everything: {@code servers/} what users would miss, {@code keys/} what it cannot be read without,
 * {@code logs/}, and {@code run/} what is true only while it runs.
 */
public final class DataFolder {

    private static final long NEEDED_BYTES = 500L << 20;

    private final Path root;

    public DataFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path stateFile() {
        return run().resolve("state");
    }

    public Path portsFile() {
        return root.resolve("ports.properties");
    }

    /** Where a keyset of the suite's own is. */
    public Path keyset(String name) {
        return keys().resolve(name + ".json");
    }

    /** Which keys the data was sealed with. */
    public Path keysetsNote() {
        return root.resolve("keysets.properties");
    }

    /** Makes the folders and checks that the disk has room for what will be written to them. */
    public void create() {
        try {
            Files.createDirectories(servers());
            Files.createDirectories(logs());
            Files.createDirectories(run());
            Files.writeString(run().resolve("probe"), "a disk without room says so here");
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new StartFailure(
                    "The disk of %s has %d MB left and Parley wants %d; choose another place with --data".formatted(
                        root,
                        free >> 20,
                        NEEDED_BYTES >> 20
                    )
                );
            }
        } catch (IOException e) {
            throw new StartFailure(
                "Cannot write to %s (%s); choose another place with --data".formatted(root, reason(e))
            );
        }
    }

    /**
     * Forgets all data, the keys to it and logs. Only these three folders go, so a mistaken {@code --data} costs nobody
     * their files. The keys go last: whatever is left after a crash can still be opened.
     */
    public void empty() throws IOException {
        if (Files.exists(portsFile())) {
            Folders.delete(servers());
            Folders.delete(logs());
            Files.deleteIfExists(keysetsNote());
            Folders.delete(keys());
        }
        create();
    }

    /**
     * The right to run in this folder, which the system takes back however its holder ends; empty while another has it.
     */
    public Optional<FileLock> tryLock() throws IOException {
        FileChannel channel = FileChannel.open(
            run().resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE
        );
        Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
        if (lock.isEmpty()) {
            channel.close();
        }
        return lock;
    }

    /** Whether a suite was ever started here. */
    public boolean exists() {
        return Files.isDirectory(run());
    }

    public Path servers() {
        return root.resolve("servers");
    }

    private Path keys() {
        return root.resolve("keys");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path run() {
        return root.resolve("run");
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        boolean onlyTheFile = e instanceof FileSystemException file && file.getReason() == null;
        return message == null || onlyTheFile ? e.getClass().getSimpleName() : message;
    }
}
