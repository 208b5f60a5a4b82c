package chat.parley.local.logs;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Keeps logs from filling the disk for as long as this process runs. */
public final class LogBounds {

    private static final long BETWEEN_LOOKS_SECONDS = 10;

    private LogBounds() {}

    public static void keep(List<LogFile> logs) {
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-bounds").factory()
        ).scheduleWithFixedDelay(() -> bound(logs), 0, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
    }

    private static void bound(List<LogFile> logs) {
        for (LogFile log : logs) {
            try {
                log.bound();
            } catch (IOException e) {
                // The next round tries again; until then the log is merely long.
                System.err.println("parley: a log could not be shortened: " + e);
            }
        }
    }
}
