package chat.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers which process serves a data folder, so that a run that was killed leaves nothing behind that the
 * next one cannot find. Process ids are used again by others: only a process whose command line names the
 * folder is taken for the server.
 */
final class PidFile {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path folder;
    private final Path file;
    private final Duration grace;

    PidFile(Path folder) {
        this(folder, GRACE);
    }

    PidFile(Path folder, Duration grace) {
        this.folder = folder;
        this.grace = grace;
        this.file = folder.resolve("server.pid");
    }

    void remember(long pid) {
        try {
            Files.writeString(file, Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ProcessHandle> survivor() {
        return rememberedPid().flatMap(ProcessHandle::of).filter(this::servesFolder);
    }

    /** Ends the process that still serves the folder, if there is one. */
    void reap(StopSignal signal) {
        survivor().ifPresent(process -> end(process, signal));
        forget();
    }

    private void end(ProcessHandle process, StopSignal signal) {
        signal.sendTo(process);
        if (!endsWithin(grace, process)) {
            process.destroyForcibly();
            endsWithin(GRACE, process);
        }
    }

    private static boolean endsWithin(Duration time, ProcessHandle process) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Long> rememberedPid() {
        try {
            return Files.exists(file)
                ? Optional.of(Long.valueOf(Files.readString(file).strip()))
                : Optional.empty();
        } catch (NumberFormatException e) {
            // Cut off by a full disk or a power failure: it names nobody.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean servesFolder(ProcessHandle process) {
        return process
            .info()
            .commandLine()
            .filter(line -> line.contains(folder.toString()))
            .isPresent();
    }
}
