package chat.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The {@code postmaster.pid} of a PostgreSQL that was killed. After a restart of the machine, or in a container,
 * its process id may belong to any other program, and PostgreSQL then refuses to start until someone removes it.
 */
final class PostgresLock {

    private final Path file;

    private PostgresLock(Path file) {
        this.file = file;
    }

    static PostgresLock of(Path cluster) {
        return new PostgresLock(cluster.resolve("postmaster.pid"));
    }

    /** One that names a dead process stays: PostgreSQL finds by it whether any of its children still lives. */
    void removeIfOfAnotherProgram() throws IOException {
        if (Files.exists(file) && ownedByAnotherProgram()) {
            Files.delete(file);
        }
    }

    private boolean ownedByAnotherProgram() throws IOException {
        var pid = Files.readString(file).lines().findFirst().orElse("").strip();
        return (
            !pid.matches("\\d+") ||
            ProcessHandle.of(Long.parseLong(pid))
                .flatMap(process -> process.info().commandLine())
                .filter(line -> !line.contains("postgres"))
                .isPresent()
        );
    }
}
