package chat.parley.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands that a Ctrl-C at the terminal does not reach: it goes to every process of the terminal's session, and
 * whoever stops a whole suite wants to stop its parts one after the other.
 */
public final class OwnSession {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private OwnSession() {}

    /** The command in a session of its own, as the same process; as it is where the system cannot do that. */
    public static List<String> of(List<String> command) {
        return Files.isExecutable(SETSID)
            ? Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList()
            : command;
    }
}
