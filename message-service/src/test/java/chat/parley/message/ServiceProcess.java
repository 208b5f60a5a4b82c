package chat.parley.message;

import chat.parley.message.Doors.Death;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A {@link MortalService} in a JVM of its own, and whoever kills it. */
final class ServiceProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final CompletableFuture<String> url = new CompletableFuture<>();

    /**
     * Returns at once; it takes some seconds to start.
     *
     * @param folder for its properties
     * @param call a part of the name of the call at which it dies
     */
    ServiceProcess(Path folder, Map<String, Object> properties, Death death, String call) {
        try {
            var file = Files.createTempFile(folder, "service", ".properties");
            write(properties, file);
            var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                MortalService.class.getName(),
                file.toString(),
                death.name(),
                call
            );
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    private static void write(Map<String, Object> properties, Path file) throws IOException {
        var all = new Properties();
        properties.forEach((name, value) -> all.setProperty(name, value.toString()));
        try (Writer writer = Files.newBufferedWriter(file)) {
            all.store(writer, null);
        }
    }

    private void listen() {
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(MortalService.LISTENS_AT)) {
                    url.complete(line.substring(MortalService.LISTENS_AT.length()));
                } else if (line.equals(MortalService.READY_TO_DIE)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            url.completeExceptionally(e);
        }
        url.completeExceptionally(new IOException("it has ended"));
    }

    /** Waits until it listens. */
    String url() {
        return url.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** From now on it dies when it comes to its call. */
    void doom() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
