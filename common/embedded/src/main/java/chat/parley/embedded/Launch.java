package chat.parley.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One start of one server: the folder is made free, the process started, its first answer awaited. */
final class Launch {

    /** PostgreSQL's first start alone writes 40 MB, and a log segment of Kafka's is as large again. */
    private static final long LEAST_SPACE = 256L << 20;

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(40);
    private static final int TAIL = 4_096;

    private final String server;
    private final ServerPlace place;
    private final StopSignal stopSignal;
    private final PidFile pidFile;

    Launch(String server, ServerPlace place, StopSignal stopSignal) {
        this.server = server;
        this.place = place;
        this.stopSignal = stopSignal;
        this.pidFile = new PidFile(place.folder());
    }

    /** Makes folder and port ready for a server; nothing of an earlier run is left on them afterwards. */
    void clear() {
        try {
            Files.createDirectories(place.folder());
            Files.createDirectories(place.log().getParent());
            pidFile.reap(stopSignal);
            requireSpace();
        } catch (IOException e) {
            throw failure("cannot use " + place.folder() + " (" + e.getMessage() + ")");
        }
        requireFreePort();
    }

    private void requireSpace() throws IOException {
        var usable = Files.getFileStore(place.folder()).getUsableSpace();
        if (usable < LEAST_SPACE) {
            throw failure("the disk is full, %d MB left at %s".formatted(usable >> 20, place.folder()));
        }
    }

    private void requireFreePort() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), place.port()));
        } catch (IOException e) {
            throw failure("port " + place.port() + " is in use by another program");
        }
    }

    ServerProcess run(List<String> command, Probe probe) {
        return run(command, Map.of(), probe);
    }

    ServerProcess run(List<String> command, JavaProgram program, Probe probe) {
        try {
            return run(command, program.environment(), probe);
        } catch (IOException e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }

    /** Starts the command in the foreground and returns when the probe is content. */
    private ServerProcess run(List<String> command, Map<String, String> environment, Probe probe) {
        var logged = place.log().toFile().length();
        var process = spawn(command, environment);
        try {
            pidFile.remember(process.pid());
            awaitAnswer(process, probe, logged);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return new ServerProcess(process, pidFile, stopSignal);
    }

    private Process spawn(List<String> command, Map<String, String> environment) {
        requireProgram(command.getFirst());
        var builder = new ProcessBuilder(OwnSession.of(command))
            .directory(place.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw failure(command.getFirst() + " does not run here (" + e.getMessage() + ")");
        }
    }

    /** Asked here, because what starts the program in a session of its own would tell of it in the log alone. */
    private void requireProgram(String program) {
        var path = Path.of(program);
        if (path.isAbsolute() && !Files.isExecutable(path)) {
            throw failure(program + " does not run here (it is not there, or no program)");
        }
    }

    private void awaitAnswer(Process process, Probe probe, long logged) {
        var deadline = Instant.now().plus(LONGEST_START);
        try {
            // Another program may have been quicker to the port, and answer in this one's place.
            while (!probe.serves(place.port()) || !process.isAlive()) {
                if (process.waitFor(BETWEEN_QUESTIONS.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("it ended with code " + process.exitValue() + ": " + lastWords(logged));
                }
                if (Instant.now().isAfter(deadline)) {
                    throw failure(
                        "no answer within " + LONGEST_START.toSeconds() + " s: " + lastWords(logged)
                    );
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted");
        }
    }

    /** The last line that this start logged: servers say there why they give up. */
    private String lastWords(long logged) {
        try (var log = new RandomAccessFile(place.log().toFile(), "r")) {
            log.seek(Math.max(logged, log.length() - TAIL));
            var tail = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce((first, second) -> second)
                .map(line -> line + " (" + place.log() + ")")
                .orElse("see " + place.log());
        } catch (IOException e) {
            return "no log at " + place.log();
        }
    }

    /** A folder of that name below the server's own, made if it is not there. */
    Path folder(String name) {
        try {
            return Files.createDirectories(place.folder().resolve(name));
        } catch (IOException e) {
            throw failure("cannot make a folder in " + place.folder() + " (" + e.getMessage() + ")");
        }
    }

    ServerNotStarted failure(String reason) {
        return new ServerNotStarted(server, reason);
    }
}
