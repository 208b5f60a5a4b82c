package chat.parley.local;

import chat.parley.local.demo.DemoRoom;
import chat.parley.local.files.DataFolder;
import chat.parley.local.files.Ports;
import chat.parley.local.logs.LogBounds;
import chat.parley.local.logs.LogFile;
import chat.parley.local.screen.Screen;
import chat.parley.local.supervision.Component;
import chat.parley.local.supervision.ComponentFailed;
import chat.parley.local.supervision.Ledger;
import chat.parley.local.supervision.Phase;
import chat.parley.local.supervision.Seconds;
import chat.parley.local.supervision.StartFailure;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.Supervisor;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Starts the suite, says where it is, and supervises it until this process is told to end. */
final class UpCommand {

    private static final int LINES_OF_EVIDENCE = 25;

    private final Installation installation;
    private final Command.Up wanted;
    private final DataFolder data;
    private final Screen screen;
    private final long startedAt = System.nanoTime();

    UpCommand(Installation installation, Command.Up wanted) {
        this.installation = installation;
        this.wanted = wanted;
        this.data = new DataFolder(wanted.data());
        this.screen = installation.screen();
    }

    /** @return the exit code, if it comes to an end by itself */
    int run() throws IOException, InterruptedException {
        data.create();
        Turn turn = new Turn(data);
        Optional<FileLock> lock = turn.await();
        if (lock.isEmpty()) {
            screen.say(turn.alreadyRunning(wanted));
            return 0;
        }
        try (FileLock _ = lock.get()) {
            return runAlone();
        }
    }

    private int runAlone() throws IOException, InterruptedException {
        StateFile state = new StateFile(data.stateFile());
        List<String> leftovers = Suite.stopLeftovers(data);
        requireFreePort();
        if (wanted.contents() == Command.Contents.FRESH) {
            data.empty();
        }
        Journal journal = new Journal(screen, data);
        if (!leftovers.isEmpty()) {
            journal.say("Stopped what a killed run had left: " + String.join(", ", leftovers));
        }
        List<List<Component>> tiers = Suite.tiers(installation.repository(), data, wanted.port());
        Ledger ledger = new Ledger(state, journal, wanted.port());
        Supervisor supervisor = new Supervisor(tiers, ledger);
        stopWithThisProcess(supervisor);
        boundLogs(tiers);
        try {
            supervisor.start();
        } catch (ComponentFailed e) {
            supervisor.stop();
            throw withEvidence(e);
        }
        screen.settle();
        DemoRoom.at(wanted.port()).open().ifPresent(journal::say);
        sayWhereToGo();
        ledger.enter(Phase.UP);
        if (installation.isDetached()) {
            journal.leaveScreen();
        }
        new CountDownLatch(1).await();
        return 0;
    }

    private void requireFreePort() {
        if (!Ports.isFree(wanted.port())) {
            throw new StartFailure(
                "Port " + wanted.port() + " is in use by another program; choose another with --port"
            );
        }
    }

    private static void stopWithThisProcess(Supervisor supervisor) {
        Runtime.getRuntime().addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                    supervisor.stop();
                    // Preparations, which are no component's process.
                    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                })
        );
    }

    private void boundLogs(List<List<Component>> tiers) {
        List<LogFile> logs = new ArrayList<>();
        logs.add(new LogFile(data.log(Journal.NAME)));
        tiers
            .stream()
            .flatMap(List::stream)
            .forEach(component -> logs.add(new LogFile(component.log())));
        LogBounds.keep(logs);
    }

    private StartFailure withEvidence(ComponentFailed failed) throws IOException {
        screen.settle();
        List<String> end = new LogFile(failed.component().log()).tail(LINES_OF_EVIDENCE);
        List<String> evidence = new ArrayList<>();
        evidence.add("The end of " + failed.component().log() + ":");
        end.forEach(line -> evidence.add("  " + line));
        return new StartFailure(String.valueOf(failed.getMessage()), evidence);
    }

    private void sayWhereToGo() {
        String took = Seconds.of(Duration.ofNanos(System.nanoTime() - startedAt));
        screen.say(
            """

            Parley is up after %s.

              Open      http://localhost:%d
              Sign in   ada     %s
                        grace   %s
            """.formatted(took, wanted.port(), DemoRoom.PASSWORD, DemoRoom.PASSWORD)
        );
        screen.say(
            installation.isDetached()
                ? "It runs in the background: ./parley status, ./parley logs, ./parley down"
                : "Ctrl-C stops it."
        );
    }
}
