package chat.parley.system;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;

/**
 * One more process of a service of the suite, on the same servers, as a cluster has it: started by the command line of
 * the one that runs, at ports of its own.
 */
final class OneMore implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build();

    private final String service;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port = Parley.freePort();
    private final int managementPort = Parley.freePort();
    private Process process;

    /** @param changes to what the environment of the first says */
    OneMore(Parley parley, String service, Map<String, String> changes) {
        this.service = service;
        this.command = commandOf(parley, service);
        this.environment = new HashMap<>(surroundings(parley));
        environment.putAll(changes);
        environment.put("PARLEY_PORT", "" + port);
        environment.put("PARLEY_MANAGEMENT_PORT", "" + managementPort);
        environment.put("PARLEY_BIND_ADDRESS", "127.0.0.1");
        start();
    }

    private static List<String> commandOf(Parley parley, String service) {
        long pid = parley.status().of(service).pid();
        ProcessHandle.Info first = ProcessHandle.of(pid).orElseThrow().info();
        List<String> command = new ArrayList<>(List.of(first.command().orElseThrow()));
        command.addAll(Arrays.asList(first.arguments().orElseThrow()));
        return command;
    }

    /** What the launcher tells the services of the servers and of each other. */
    private static Map<String, String> surroundings(Parley parley) {
        Properties ports = new Properties();
        try (Reader file = Files.newBufferedReader(parley.data().resolve("ports.properties"))) {
            ports.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> surroundings = new HashMap<>(parley.environment());
        surroundings.put("PARLEY_REDIS_URL", "redis://127.0.0.1:" + ports.getProperty("redis"));
        surroundings.put("PARLEY_KAFKA", "127.0.0.1:" + ports.getProperty("kafka"));
        for (String name : List.of("room", "message", "presence", "media")) {
            surroundings.put(
                "PARLEY_" + name.toUpperCase(Locale.ROOT) + "_URL",
                "http://127.0.0.1:" + ports.getProperty(name + "-service")
            );
        }
        surroundings.put(
            "PARLEY_MESSAGE_KEYSET",
            "file:" + parley.data().resolve("keys").resolve("message-keyset.json")
        );
        return surroundings;
    }

    /** Returns once it is ready; also again after {@link #kill}, at the same ports. */
    void start() {
        ProcessBuilder builder = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/second-" + service + ".log")));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("a second " + service)
            .atMost(START)
            .until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("a second " + service + " ended; see target/second-" + service + ".log");
        }
    }

    private boolean isReady() throws InterruptedException {
        URI readiness = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        try {
            HttpRequest question = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
            return CLIENT.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** As {@code kill} does, and Kubernetes: it has time to say goodbye. */
    void goesAway() {
        process.destroy();
    }

    /** As {@code kill -9} does. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
