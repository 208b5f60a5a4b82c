package chat.parley.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a process has had of the processors, in user and in system mode, from {@code /proc} (proc(5)). */
final class ProcessTime {

    /** What the kernel shows to programs, whatever it counts in itself. */
    private static final long TICKS_PER_SECOND = 100;

    /** Fields after the command's closing parenthesis: proc(5) counts state as 3, utime as 14. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    /** What children have had that are gone and were waited for. */
    private static final int USER_OF_CHILDREN = 13;

    private static final int SYSTEM_OF_CHILDREN = 14;

    private ProcessTime() {}

    static Duration of(long pid) throws IOException {
        return parse(Files.readString(stat(pid)));
    }

    /** With all that it has started, and what that has started, whether it still runs or not. */
    static Duration ofTree(long pid) throws IOException {
        Duration sum = of(pid);
        for (ProcessHandle one : ProcessHandle.of(pid)
            .stream()
            .flatMap(ProcessHandle::descendants)
            .toList()) {
            try {
                sum = sum.plus(of(one.pid()));
            } catch (NoSuchFileException _) {
                // Gone since: its parent has its time, and shows it the next time.
            }
        }
        return sum;
    }

    private static Path stat(long pid) {
        return Path.of("/proc", Long.toString(pid), "stat");
    }

    static Duration parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field : List.of(USER, SYSTEM, USER_OF_CHILDREN, SYSTEM_OF_CHILDREN)) {
            ticks += Long.parseLong(fields[field]);
        }
        return Duration.ofMillis((ticks * 1000) / TICKS_PER_SECOND);
    }
}
