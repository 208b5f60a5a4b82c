package chat.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The running suite, as the person at its command line has it: started, watched and stopped by {@code ./parley}. */
final class Parley implements AutoCloseable {

    /** How many messages somebody may send at once to a suite of ours. */
    static final int SENDING_BURST = 60;

    /** How many calls a suite of ours takes at once from the strangers at one address. */
    static final int ADDRESS_BURST = 200;

    // More than any test's people do in earnest, and less than a slow machine does in no time.
    private static final Map<String, String> SMALL_LIMITS = Map.of(
        "PARLEY_LIMIT_SENDING",
        "30/s burst " + SENDING_BURST,
        "PARLEY_LIMIT_ADDRESS",
        "20/s burst " + ADDRESS_BURST
    );

    private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
    private static final Path LOG = Path.of("target", "parley.log").toAbsolutePath();
    private static final Path USUAL_DATA = REPOSITORY.resolve(".parley");
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration COMES_BACK = Duration.ofMinutes(1);

    /** What happens now and then, happens every second; what waits until all is quiet, for somewhat longer. */
    private static final Map<String, String> IMPATIENT = Map.of(
        "PARLEY_UPKEEP_EVERY",
        "1s",
        "PARLEY_UPKEEP_PAUSE",
        "1s",
        "PARLEY_RESEALING_EVERY",
        "1s",
        "PARLEY_RESEALING_SETTLED",
        "6s"
    );

    private final URI url;
    private final URI webhooks = URI.create("http://127.0.0.1:" + freePort() + "/hooks");
    private final Path data;
    private final boolean ours;

    private Parley(URI url, Path data, boolean ours) {
        this.url = url;
        this.data = data;
        this.ours = ours;
    }

    /** One of our own, with empty data. */
    static Parley start() {
        Parley parley = new Parley(
            URI.create("http://127.0.0.1:" + freePort()),
            Path.of("target", "parley-data").toAbsolutePath(),
            true
        );
        parley.up("--fresh");
        return parley;
    }

    /**
     * One that runs already.
     *
     * @param data its data folder if it is there to be killed and restarted; null for somebody's own on its usual data
     */
    static Parley at(String url, String data) {
        Path folder = data == null ? USUAL_DATA : Path.of(data).toAbsolutePath();
        return new Parley(URI.create(url), folder, data != null);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    Path data() {
        return data;
    }

    boolean isOurs() {
        return ours;
    }

    /** {@code ./parley up --detach}: returns once everything is ready. */
    void up(String... options) {
        List<String> words = new ArrayList<>(List.of("up", "--detach", "--port", "" + url.getPort()));
        words.addAll(List.of(options));
        run(words, START).requireSuccess();
    }

    /** {@code ./parley down}. */
    void down() {
        run(List.of("down"), STOP).requireSuccess();
    }

    /** {@code ./parley audit}, with these words after it. */
    Outcome audit(String... words) {
        List<String> command = new ArrayList<>(List.of("audit"));
        command.addAll(List.of(words));
        return run(command, STOP);
    }

    /** {@code ./parley keys}, with these words after it. */
    Outcome keys(String... words) {
        List<String> command = new ArrayList<>(List.of("keys"));
        command.addAll(List.of(words));
        return run(command, STOP);
    }

    /** {@code ./parley import} or {@code export}, with these words after it. */
    Outcome transfers(String... words) {
        return run(List.of(words), START);
    }

    /** As {@link #transfers}, and is killed like {@code kill -9} once it has come so far. */
    void transfersUntil(BooleanSupplier farEnough, String... words) {
        try {
            Process process = begin(List.of(words), Path.of("/dev/null"));
            Awaitility.await()
                .atMost(START)
                .until(() -> farEnough.getAsBoolean() || !process.isAlive());
            process.destroyForcibly().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for ./parley", e);
        }
    }

    /** {@code ./parley status}. */
    Status status() {
        return Status.of(run(List.of("status"), STOP));
    }

    /** As {@code kill -9} does: the process learns nothing of it. */
    void kill(String service) {
        long pid = status().of(service).pid();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** As {@link #kill}; returns once the suite has it up again. */
    void killAndAwait(String service) {
        long former = status().of(service).pid();
        kill(service);
        Awaitility.await(service + " comes back")
            .atMost(COMES_BACK)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> isBack(service, former));
    }

    private boolean isBack(String service, long formerPid) {
        Component now = status().of(service);
        return now.isUp() && now.pid() != formerPid;
    }

    private Outcome run(List<String> words, Duration patience) {
        try {
            // To a file: a process that lives on would keep a pipe open, and whoever reads it waiting.
            Path output = Files.createTempFile("parley", ".out");
            return outcomeOf(words, begin(words, output), output, patience);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process begin(List<String> words, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(REPOSITORY.resolve("parley").toString()));
        command.addAll(words);
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
            .directory(REPOSITORY.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
        builder.environment().put("PARLEY_BUILD", "skip");
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** What the services of a suite of ours are told beyond what the launcher tells them. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(IMPATIENT);
        // So that each person of a test can have an address of their own; see Address.
        environment.put("PARLEY_TRUSTED_PROXIES", "127.0.0.1/32,::1/128");
        environment.putAll(SMALL_LIMITS);
        environment.put("SPRING_APPLICATION_JSON", TestedApp.configuration(webhooks));
        return environment;
    }

    /** Where the tested apps' webhooks go, whether anybody listens there or not. */
    URI webhooks() {
        return webhooks;
    }

    private static Outcome outcomeOf(List<String> words, Process process, Path output, Duration patience)
        throws IOException {
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output);
            Files.delete(output);
            Files.createDirectories(LOG.getParent());
            Files.writeString(
                LOG,
                "$ ./parley " + String.join(" ", words) + "\n" + text,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND
            );
            return new Outcome(String.join(" ", words), ended ? process.exitValue() : -1, text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for ./parley", e);
        }
    }

    /** Processes of this suite that are alive: those that name its data folder or live in it. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
            .filter(process -> process.pid() != ProcessHandle.current().pid())
            .filter(this::belongsHere)
            .map(process -> process.pid() + " " + commandLine(process))
            .toList();
    }

    private boolean belongsHere(ProcessHandle process) {
        return (
            commandLine(process).contains(data.toString()) ||
            workingDirectory(process).startsWith(data.toString())
        );
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), "cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return process.info().commandLine().orElse("");
        }
    }

    private static String workingDirectory(ProcessHandle process) {
        try {
            return Path.of("/proc", "" + process.pid(), "cwd").toRealPath().toString();
        } catch (IOException gone) {
            return "";
        }
    }

    @Override
    public void close() {
        if (ours) {
            down();
        }
    }

    /** What a command of {@code ./parley} said, and with which exit code it ended; −1 if it did not. */
    record Outcome(String command, int exitCode, String output) {
        void requireSuccess() {
            if (exitCode != 0) {
                throw new AssertionError("./parley " + command + " ended with " + exitCode + ":\n" + output);
            }
        }
    }

    /** What {@code ./parley status} shows. */
    record Status(int exitCode, List<Component> components) {
        static Status of(Outcome outcome) {
            Stream<String> lines = outcome
                .output()
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank());
            return new Status(outcome.exitCode(), lines.map(Component::of).toList());
        }

        Component of(String name) {
            return components
                .stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("status shows no " + name + ": " + components));
        }
    }

    /** A line of {@code ./parley status}. */
    record Component(String name, String state, String pidColumn, String port) {
        static Component of(String line) {
            String[] columns = line.trim().split("\\s+");
            if (columns.length != 4) {
                throw new AssertionError("not NAME STATE PID PORT: " + line);
            }
            return new Component(columns[0], columns[1], columns[2], columns[3]);
        }

        boolean isUp() {
            return state.equals("up");
        }

        long pid() {
            return Long.parseLong(pidColumn);
        }
    }
}
