package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.supervision.ProcessIdentity;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import chat.parley.local.supervision.Termination;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Stops the supervisor, which stops the rest; and what is left if there is no supervisor any more. */
final class DownCommand {

    /** Two tiers of ten seconds each, and some air. */
    private static final Duration GRACE = Duration.ofSeconds(40);

    private final DataFolder data;

    DownCommand(Command.Down wanted) {
        this.data = new DataFolder(wanted.data());
    }

    int run() throws IOException {
        if (!data.exists()) {
            System.out.println("Nothing is running.");
            return 0;
        }
        StateFile state = new StateFile(data.stateFile());
        Optional<ProcessHandle> supervisor = state
            .read()
            .map(SuiteState::supervisor)
            .flatMap(ProcessIdentity::find);
        supervisor.ifPresent(process -> Termination.of(process, GRACE));
        try (FileLock _ = data.tryLock().orElseThrow(this::inUse)) {
            List<String> leftovers = Suite.stopLeftovers(data);
            boolean wasRunning = supervisor.isPresent() || !leftovers.isEmpty();
            System.out.println(wasRunning ? "Parley is stopped; its data stays." : "Nothing is running.");
        }
        return 0;
    }

    private StartFailure inUse() {
        return new StartFailure("Another ./parley has just started in " + data.root() + "; try again");
    }
}
