package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.supervision.Phase;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Has the suite supervised by a process of its own, and shows that one's output until the suite is up or has failed. */
final class DetachedUpCommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration STOPPING_TAKES = Duration.ofMinutes(1);

    private final Installation installation;
    private final Command.Up wanted;
    private final DataFolder data;
    private final StateFile state;

    DetachedUpCommand(Installation installation, Command.Up wanted) {
        this.installation = installation;
        this.wanted = wanted;
        this.data = new DataFolder(wanted.data());
        this.state = new StateFile(data.stateFile());
    }

    /** @return 0 once the suite is up, else the supervisor's exit code */
    int run() throws IOException, InterruptedException {
        data.create();
        Path output = Files.createTempFile(data.run(), "start-", ".out");
        Process supervisor = spawn(output);
        Thread abandon = Thread.ofPlatform().unstarted(() -> end(supervisor));
        Runtime.getRuntime().addShutdownHook(abandon);
        try (InputStream shown = Files.newInputStream(output)) {
            while (supervisor.isAlive() && !isUp(supervisor)) {
                shown.transferTo(System.out);
                System.out.flush();
                supervisor.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            }
            shown.transferTo(System.out);
            System.out.flush();
        }
        keep(abandon);
        Files.delete(output);
        return supervisor.isAlive() ? 0 : supervisor.exitValue();
    }

    private static void keep(Thread abandon) {
        try {
            Runtime.getRuntime().removeShutdownHook(abandon);
        } catch (IllegalStateException interrupted) {
            // The user has ended us meanwhile: the hook runs already, and ends the supervisor as it should.
        }
    }

    private Process spawn(Path output) throws IOException {
        List<String> command = new ArrayList<>(awayFromTheTerminal());
        command.addAll(installation.detachedCommand(arguments()));
        return new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    }

    /** A session of its own where there is setsid; else at least deaf to the hang-up when the terminal closes. */
    private static List<String> awayFromTheTerminal() {
        boolean hasSessions = Files.isExecutable(Path.of("/usr/bin/setsid"));
        return List.of(hasSessions ? "/usr/bin/setsid" : "nohup");
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(
            List.of("up", "--data", data.root().toString(), "--port", Integer.toString(wanted.port()))
        );
        if (wanted.contents() == Command.Contents.FRESH) {
            arguments.add("--fresh");
        }
        return arguments;
    }

    private boolean isUp(Process supervisor) throws IOException {
        return state
            .read()
            .filter(suite -> suite.supervisor().pid() == supervisor.pid())
            .map(SuiteState::phase)
            .filter(Phase.UP::equals)
            .isPresent();
    }

    /** Whoever breaks off the command before the suite is up does not want it. */
    private static void end(Process supervisor) {
        supervisor.destroy();
        try {
            supervisor.waitFor(STOPPING_TAKES.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
