package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.supervision.Phase;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The right to run a suite in a folder, or whoever has it. */
final class Turn {

    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final DataFolder data;
    private final StateFile state;

    Turn(DataFolder data) {
        this.data = data;
        this.state = new StateFile(data.stateFile());
    }

    /**
     * Waits for a suite that is stopping, and for one that is starting.
     *
     * @return the right, or empty if a suite is up
     */
    Optional<FileLock> await() throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<FileLock> lock = data.tryLock();
            if (lock.isPresent() || isUp()) {
                return lock;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new StartFailure("Another ./parley up has been starting for ten minutes in " + data.root());
    }

    private boolean isUp() throws IOException {
        return state
            .read()
            .filter(suite -> suite.phase() == Phase.UP)
            // Else it is what a killed run wrote, read before the one that is starting has written anything.
            .flatMap(suite -> suite.supervisor().find())
            .isPresent();
    }

    /** Fails if the suite that is up is not the one that was asked for. */
    String alreadyRunning(Command.Up wanted) throws IOException {
        int port = state.read().map(SuiteState::port).orElse(wanted.port());
        String line = "Parley is already running at http://localhost:" + port;
        if (port != wanted.port() || wanted.contents() == Command.Contents.FRESH) {
            throw new StartFailure(line + "; ./parley down stops it");
        }
        return line;
    }
}
