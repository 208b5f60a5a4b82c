package chat.parley.local.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One process of a component, from its start to its end. */
public interface Run {
    long pid();

    /** Completes with the exit code when the process ends, however it ends; the same future at every call. */
    CompletableFuture<Integer> exit();

    /** Whether it answers now; quick, and false rather than an exception. */
    boolean ready();

    /** Asks it to end, after the grace makes it end, and returns when it is gone. */
    void stop(Duration grace);

    /** Empty if it is gone already. */
    default Optional<ProcessIdentity> identity() {
        return ProcessHandle.of(pid()).flatMap(ProcessIdentity::of);
    }
}
