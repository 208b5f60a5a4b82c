package chat.parley.local;

import chat.parley.local.Command.ImportManner;
import chat.parley.local.files.DataFolder;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.transfer.Import;
import chat.parley.local.transfer.Plan;
import chat.parley.local.transfer.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Brings a file of another chat into the running suite, or wherever the environment says. */
final class ImportCommand {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String DEMO_USER = "ada";

    private final Installation installation;
    private final Command.Import wanted;

    ImportCommand(Installation installation, Command.Import wanted) {
        this.installation = installation;
        this.wanted = wanted;
    }

    int run() throws IOException {
        if (!Files.isReadable(wanted.file()) || Files.isDirectory(wanted.file())) {
            throw new StartFailure("There is no file " + wanted.file() + " that could be read");
        }
        RunningServices running = new RunningServices(new DataFolder(wanted.data()), System.getenv());
        Plan plan = plan(running);
        Services services = running.find(PATIENCE);
        return new Import(services, plan, System.out, installation.isTerminal()).run(
            wanted.file(),
            wanted.manners().contains(ImportManner.GROUP)
        );
    }

    private Plan plan(RunningServices running) throws IOException {
        String operator = wanted.operator().orElse(running.areElsewhere() ? "" : DEMO_USER);
        if (operator.isEmpty()) {
            throw new StartFailure("--as says who answers for the import and governs its rooms: a username");
        }
        String fileName = Objects.requireNonNull(wanted.file().getFileName()).toString();
        try {
            return new Plan(
                wanted.source().orElseGet(() -> Plan.sourceOf(fileName)),
                operator,
                mapping(wanted.mapping()),
                wanted.manners().contains(ImportManner.STRICT)
            );
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /** A line a person: {@code theirs=ours}; the last equals sign counts, since theirs may hold any. */
    private static Map<String, String> mapping(Optional<Path> file) throws IOException {
        Map<String, String> mapping = new HashMap<>();
        if (file.isPresent()) {
            for (String line : Files.readAllLines(file.get())) {
                int equals = line.lastIndexOf('=');
                if (equals > 0) {
                    mapping.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
                } else if (!line.isBlank()) {
                    throw new StartFailure(file.get() + " wants lines theirs=ours, not " + line);
                }
            }
        }
        return mapping;
    }
}
