package chat.parley.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has had of the processors, in user and in system mode, from {@code /proc} (proc(5)). */
final class ProcessTime {

    /** What the kernel shows to programs, whatever it counts in itself. */
    private static final long TICKS_PER_SECOND = 100;

    /** Fields after the command's closing parenthesis: proc(5) counts state as 3, utime as 14. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessTime() {}

    static Duration of(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    static Duration parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
        return Duration.ofMillis((ticks * 1000) / TICKS_PER_SECOND);
    }
}
