package chat.parley.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that runs as a child of this JVM and outlives it unless it is stopped. */
public final class ServerProcess {

    private final Process process;
    private final PidFile pidFile;
    private final StopSignal stopSignal;

    ServerProcess(Process process, PidFile pidFile, StopSignal stopSignal) {
        this.process = process;
        this.pidFile = pidFile;
        this.stopSignal = stopSignal;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process ends, however it ends. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to end in order, and after {@code grace} ends it; returns when it is gone. */
    public void stop(Duration grace) {
        if (process.isAlive()) {
            stopSignal.sendTo(process.toHandle());
        }
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            pidFile.forget();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
