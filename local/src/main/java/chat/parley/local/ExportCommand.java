package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.transfer.Export;
import chat.parley.local.transfer.Services;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Writes a room of the running suite, or of wherever the environment says, as a file that an import reads. */
final class ExportCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Command.Export wanted;

    ExportCommand(Command.Export wanted) {
        this.wanted = wanted;
    }

    int run() throws IOException {
        Services services = new RunningServices(new DataFolder(wanted.data()), System.getenv()).find(
            PATIENCE
        );
        Export export = new Export(services);
        if (wanted.out().isEmpty()) {
            Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            long count = export.run(wanted.room(), out);
            System.err.printf("Exported %,d messages%n", count);
            return 0;
        }
        Path file = wanted.out().get();
        // Under its name it is whole, whatever happens meanwhile.
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        long count;
        try (Writer out = Files.newBufferedWriter(unfinished)) {
            count = export.run(wanted.room(), out);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        System.out.printf("Exported %,d messages to %s%n", count, file);
        return 0;
    }
}
