package chat.parley.local;

import chat.parley.local.screen.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How this program was started.
 *
 * @param repository the root of the source tree
 * @param isTerminal whether somebody looks at its output on a terminal
 * @param isDetached whether it runs on in the background
 */
record Installation(Path repository, boolean isTerminal, boolean isDetached) {
    private static final String HOME = "parley.home";
    private static final String TERMINAL = "parley.terminal";
    private static final String DETACHED = "parley.detached";

    static Installation ofThisProcess() {
        return new Installation(
            Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize(),
            Boolean.getBoolean(TERMINAL),
            Boolean.getBoolean(DETACHED)
        );
    }

    Path usualData() {
        return repository.resolve(".parley");
    }

    Screen screen() {
        return Screen.on(System.out, isTerminal);
    }

    /** This program once more, to run on in the background. */
    List<String> detachedCommand(List<String> arguments) {
        List<String> command = new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-D" + HOME + "=" + repository,
                "-D" + TERMINAL + "=" + isTerminal,
                "-D" + DETACHED + "=true",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName()
            )
        );
        command.addAll(arguments);
        return command;
    }
}
