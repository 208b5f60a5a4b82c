package chat.parley.bench.suite;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A suite that is there to be measured: on ports and data of its own, with the JVM settings of a server, and with limits on
 * calls that are too high to be met.
 */
public final class Suite implements AutoCloseable {

    /** What the benchmarks change about a suite; the bookkeeping for limits goes on, they are only never reached. */
    public static final Map<String, String> SETTINGS = Map.of(
        "PARLEY_BUILD",
        "skip",
        "PARLEY_JVM",
        "server",
        "PARLEY_LIMIT_USER",
        "1000000/s burst 1000000",
        "PARLEY_LIMIT_ADDRESS",
        "1000000/s burst 1000000",
        "PARLEY_LIMIT_SENDING",
        "1000000/s burst 1000000",
        "PARLEY_LIMIT_SEARCH",
        "1000000/s burst 1000000",
        "PARLEY_LIMIT_REGISTRATION",
        "1000000/s burst 1000000",
        "PARLEY_AUTH_SIGNIN_ACCOUNTTRIES",
        "1000000",
        "PARLEY_AUTH_SIGNIN_ADDRESSTRIES",
        "1000000"
    );

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration STOP = Duration.ofMinutes(2);

    private final Path repository;
    private final Path data;
    private final int port;

    private Suite(Path repository, Path data, int port) {
        this.repository = repository;
        this.data = data;
        this.port = port;
    }

    /** Returns when it is ready, with nobody but the demo users in it. */
    public static Suite start(Path repository) throws IOException, InterruptedException {
        Suite suite = new Suite(repository, repository.resolve("bench/target/data"), freePort());
        try {
            suite.parley(
                START,
                "up",
                "--detach",
                "--fresh",
                "--port",
                Integer.toString(suite.port),
                "--data",
                suite.data.toString()
            );
            return suite;
        } catch (IOException | InterruptedException e) {
            suite.close();
            throw e;
        }
    }

    /** A port of the loopback interface that nobody has. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void parley(Duration within, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(repository.resolve("parley").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile("parley-bench", ".out");
        ProcessBuilder parley = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
        parley.environment().putAll(SETTINGS);
        Process process = parley.start();
        try {
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                    "./parley " + words[0] + " did not succeed:\n" + Files.readString(output)
                );
            }
        } finally {
            process.destroy();
            Files.deleteIfExists(output);
        }
    }

    public int gatewayPort() {
        return port;
    }

    /** @param name of a component, as {@code ./parley status} has it */
    public int port(String name) throws IOException {
        Properties ports = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("ports.properties"))) {
            ports.load(reader);
        }
        return Integer.parseInt(ports.getProperty(name));
    }

    /** The CPU time of a component's process so far, and of its children. */
    public Duration cpu(String name) throws IOException {
        Long pid = pids().get(name);
        if (pid == null) {
            throw new IOException("no component is called " + name);
        }
        return ProcessTime.ofTree(pid);
    }

    /** The CPU time of every component so far, by its name: the servers', then the services'. */
    public Map<String, Duration> cpu() throws IOException {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (Map.Entry<String, Long> component : pids().entrySet()) {
            times.put(component.getKey(), ProcessTime.ofTree(component.getValue()));
        }
        return times;
    }

    /** The first line is the supervisor's, who only looks on. */
    private Map<String, Long> pids() throws IOException {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (String line : Files.readAllLines(data.resolve("run/state")).stream().skip(1).toList()) {
            String[] fields = line.split("\t", -1);
            pids.put(fields[0], Long.parseLong(fields[3]));
        }
        return pids;
    }

    @Override
    public void close() {
        try {
            parley(STOP, "down", "--data", data.toString());
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
