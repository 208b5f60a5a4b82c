package chat.parley.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end that leaves a server no time for anything. */
final class Killing {

    private Killing() {}

    static void kill(ServerProcess process) {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        process.exit().orTimeout(5, TimeUnit.SECONDS).join();
    }

    static void stop(ServerProcess process) {
        process.stop(Duration.ofSeconds(10));
    }
}
