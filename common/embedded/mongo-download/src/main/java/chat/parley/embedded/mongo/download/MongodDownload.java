package chat.parley.embedded.mongo.download;

import de.flapdoodle.embed.mongo.distribution.Version;
import de.flapdoodle.embed.mongo.transitions.Mongod;
import de.flapdoodle.embed.process.archives.ExtractedFileSet;
import de.flapdoodle.embed.process.io.directories.PersistentDir;
import de.flapdoodle.reverse.StateID;
import de.flapdoodle.reverse.transitions.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The main class of the process: {@code MongodDownload <file to make> <folder for downloads>}. */
public final class MongodDownload {

    private MongodDownload() {}

    public static void main(String[] arguments) throws IOException {
        var downloads = Files.createDirectories(Path.of(arguments[1]));
        var transitions = Mongod.builder()
            .persistentBaseDir(Start.to(PersistentDir.class).initializedWith(PersistentDir.of(downloads)))
            .build()
            .transitions(Version.Main.V8_0);
        try (var files = transitions.walker().initState(StateID.of(ExtractedFileSet.class))) {
            keep(files.current().executable(), Path.of(arguments[0]));
        }
    }

    /** Beside its place first: whoever looks there sees all of it or nothing. */
    private static void keep(Path executable, Path target) throws IOException {
        var beside = target.resolveSibling(target.getFileName() + ".unfinished");
        Files.copy(
            executable,
            beside,
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES
        );
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
