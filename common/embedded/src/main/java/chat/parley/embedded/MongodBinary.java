package chat.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real mongod on this machine: one that was installed, or one that was fetched before. */
final class MongodBinary {

    private static final JavaProgram DOWNLOAD = new JavaProgram(
        "mongo-download",
        "chat.parley.embedded.mongo.download.MongodDownload",
        256
    );
    private static final long LONGEST_DOWNLOAD_S = 180;

    private final String path;
    private final Path cache;

    MongodBinary(String path, Path cache) {
        this.path = path;
        this.cache = cache;
    }

    static MongodBinary ofThisMachine() {
        return new MongodBinary(System.getenv().getOrDefault("PATH", ""), BinaryCache.ofThisUser().root());
    }

    Optional<Path> find() {
        return Stream.concat(
            Stream.of(path.split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "mongod")),
            Stream.of(fetched())
        )
            .filter(Files::isExecutable)
            .findFirst();
    }

    private Path fetched() {
        return cache.resolve("mongod");
    }

    /** The one that is there, else one from the net; empty if the net does not give it within three minutes. */
    Optional<Path> findOrFetch(ServerPlace place) {
        var there = find();
        if (there.isEmpty()) {
            fetch(place);
        }
        return there.or(this::find);
    }

    private void fetch(ServerPlace place) {
        var target = fetched().toString();
        var command = DOWNLOAD.command(place.folder(), target, cache.resolve("downloads").toString());
        try {
            Files.createDirectories(cache);
            var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
            builder.environment().putAll(DOWNLOAD.environment());
            awaitEnd(builder.start());
        } catch (IOException e) {
            // Whoever asked goes on without it; the log tells what the download itself had to say.
            return;
        }
    }

    private static void awaitEnd(Process download) {
        try {
            download.waitFor(LONGEST_DOWNLOAD_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            download.destroyForcibly();
        }
    }
}
