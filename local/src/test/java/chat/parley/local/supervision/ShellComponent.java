package chat.parley.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A real process with a shell's few lines in it. */
final class ShellComponent implements Component {

    private final String name;
    private final String script;
    private final boolean answers;
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicBoolean failsOnce = new AtomicBoolean();
    private CountDownLatch answer = new CountDownLatch(0);

    private ShellComponent(String name, String script, boolean answers) {
        this.name = name;
        this.script = script;
        this.answers = answers;
    }

    static ShellComponent running(String name, String script) {
        return new ShellComponent(name, script, true);
    }

    static ShellComponent neverReady(String name, String script) {
        return new ShellComponent(name, script, false);
    }

    /** Its start waits for an answer that never comes. */
    static ShellComponent silent(String name) {
        ShellComponent silent = lasting(name);
        silent.answer = new CountDownLatch(1);
        return silent;
    }

    static ShellComponent lasting(String name) {
        return running(name, "exec sleep 600");
    }

    void failsToStartOnce() {
        failsOnce.set(true);
    }

    int starts() {
        return starts.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return 4711;
    }

    @Override
    public Path log() {
        return Path.of("/dev/null");
    }

    @Override
    public Run start() throws IOException {
        starts.incrementAndGet();
        if (failsOnce.getAndSet(false)) {
            throw new UncheckedIOException("no room", new IOException("No space left on device"));
        }
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        Process process = new ProcessBuilder("sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return new ShellRun(process, answers);
    }

    private static final class ShellRun implements Run {

        private final Process process;
        private final boolean answers;
        private final CompletableFuture<Integer> exit;

        ShellRun(Process process, boolean answers) {
            this.process = process;
            this.answers = answers;
            this.exit = process.onExit().thenApply(Process::exitValue);
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public boolean ready() {
            return answers && process.isAlive();
        }

        @Override
        public void stop(Duration grace) {
            Termination.of(process.toHandle(), grace);
        }
    }
}
