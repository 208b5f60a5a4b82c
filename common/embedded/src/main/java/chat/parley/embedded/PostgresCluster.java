package chat.parley.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The files of a PostgreSQL with one superuser and that user's database. */
final class PostgresCluster {

    private static final long LONGEST_STEP_S = 60;

    private final Path installation;
    private final List<String> prefix;
    private final Path folder;

    PostgresCluster(Path installation, List<String> prefix, Path folder) {
        this.installation = installation;
        this.prefix = prefix;
        this.folder = folder;
    }

    /** Made beside its place and moved there whole, so that a kill in the middle leaves nothing half made. */
    void createIfAbsent(String user, String password) throws IOException {
        var cluster = folder.resolve("data");
        if (Files.exists(cluster)) {
            return;
        }
        var unfinished = folder.resolve("data.unfinished");
        Folders.delete(unfinished);
        initialise(unfinished, user, password);
        run(
            "CREATE DATABASE " + user + ";\n",
            "postgres",
            "--single",
            "-D",
            unfinished.toString(),
            "postgres"
        );
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private void initialise(Path unfinished, String user, String password) throws IOException {
        var passwordFile = readableToAll(folder.resolve("password"), password);
        try {
            run(
                "",
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"
            );
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** It is no secret, and the program may run as another user. */
    private static Path readableToAll(Path file, String content) throws IOException {
        Files.writeString(file, content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private void run(String input, String program, String... arguments) throws IOException {
        var command = Stream.of(
            prefix.stream(),
            Stream.of(installation.resolve("bin").resolve(program).toString()),
            Stream.of(arguments)
        )
            .flatMap(part -> part)
            .toList();
        var output = Files.createTempFile("parley-" + program, ".log");
        try {
            run(command, input, output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private void run(List<String> command, String input, Path output) throws IOException {
        var process = new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading; its exit code tells how.
        }
        try {
            if (!process.waitFor(LONGEST_STEP_S, TimeUnit.SECONDS)) {
                throw new IOException("making its files took more than " + LONGEST_STEP_S + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("its files cannot be made: " + complaint(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String complaint(Path output) throws IOException {
        var lines = Files.readAllLines(output);
        return lines
            .stream()
            .filter(line -> line.contains("error:") || line.contains("FATAL:"))
            .findFirst()
            .orElseGet(() -> lines.isEmpty() ? "it says nothing" : lines.getLast());
    }
}
