package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.logs.LogFollower;
import chat.parley.local.supervision.StartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Follows the logs, all of them with their names before each line, or one as it is. */
final class LogsCommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int LINES_OF_ALL = 5;
    private static final int LINES_OF_ONE = 100;

    private final DataFolder data;
    private final Command.Logs wanted;

    LogsCommand(Command.Logs wanted) {
        this.data = new DataFolder(wanted.data());
        this.wanted = wanted;
    }

    /** @return when its reader has gone */
    int run() throws IOException {
        if (!data.exists()) {
            throw new StartFailure("Nothing was ever started in " + data.root());
        }
        List<LogFollower> followers = wanted.component().map(this::one).orElseGet(this::all);
        for (LogFollower follower : followers) {
            follower.printTail(followers.size() == 1 ? LINES_OF_ONE : LINES_OF_ALL);
        }
        while (!System.out.checkError()) {
            if (!printNew(followers)) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
        }
        return 0;
    }

    private static boolean printNew(List<LogFollower> followers) throws IOException {
        boolean any = false;
        for (LogFollower follower : followers) {
            any |= follower.printNew();
        }
        return any;
    }

    private List<LogFollower> one(String name) {
        if (!names().contains(name)) {
            throw new StartFailure("There is no log " + name + ", but " + String.join(", ", names()));
        }
        return List.of(new LogFollower(data.log(name), "", System.out));
    }

    private List<LogFollower> all() {
        int width = names().stream().mapToInt(String::length).max().orElse(0);
        return names()
            .stream()
            .map(name ->
                new LogFollower(
                    data.log(name),
                    (name + " ".repeat(width)).substring(0, width) + " | ",
                    System.out
                )
            )
            .toList();
    }

    private static List<String> names() {
        return Stream.concat(Stream.of(Journal.NAME), Suite.componentNames().stream()).toList();
    }
}
