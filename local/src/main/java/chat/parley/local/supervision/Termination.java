package chat.parley.local.supervision;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a process: asked first, made after a while. */
public final class Termination {

    private static final Duration DEATH_TAKES = Duration.ofSeconds(5);

    private Termination() {}

    /** Returns when the process and what it started are gone. */
    public static void of(ProcessHandle process, Duration grace) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!ended(process, grace)) {
            process.destroyForcibly();
            ended(process, DEATH_TAKES);
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean ended(ProcessHandle process, Duration within) {
        try {
            process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
