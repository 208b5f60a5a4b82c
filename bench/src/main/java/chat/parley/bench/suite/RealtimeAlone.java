package chat.parley.bench.suite;

import chat.parley.embedded.EmbeddedServer;
import chat.parley.embedded.KafkaServer;
import chat.parley.embedded.RedisServer;
import chat.parley.embedded.ServerNotStarted;
import chat.parley.embedded.ServerPlace;
import chat.parley.embedded.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A realtime-service by itself, with a Kafka and a Redis of its own: all that it needs to serve an app that is not the
 * chat's. It runs with the JVM settings of a server and with the app {@code sandbox}, which no rate limits.
 */
public final class RealtimeAlone implements AutoCloseable {

    public static final String APP = "sandbox";
    public static final String KEY = "sandbox-key";
    public static final String SECRET = "sandbox-secret";

    /** As {@code PARLEY_JVM=server} has it; the loopback's clients come all at once. */
    private static final List<String> JVM = List.of(
        "-Xmx384m",
        "-XX:MaxDirectMemorySize=192m",
        "-XX:ReservedCodeCacheSize=128m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dfile.encoding=UTF-8",
        "-Dspring.profiles.active=local"
    );

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ServerProcess> servers = new ArrayList<>();
    private final int port;
    private final int managementPort;
    private final Process service;

    private RealtimeAlone(Path repository, Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Suite.freePort();
        this.managementPort = Suite.freePort();
        this.service = startAll(repository);
    }

    /** Returns when it is ready; the data folder is below {@code bench/target}. */
    public static RealtimeAlone start(Path repository) throws IOException, InterruptedException {
        RealtimeAlone node = new RealtimeAlone(
            repository,
            Files.createTempDirectory(
                Files.createDirectories(repository.resolve("bench/target")),
                "realtime-"
            )
        );
        // Ctrl-C leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(node::stopProcesses));
        try {
            node.awaitReady();
            return node;
        } catch (IOException | InterruptedException e) {
            node.close();
            throw e;
        }
    }

    private Process startAll(Path repository) throws IOException {
        try {
            EmbeddedServer kafka = new KafkaServer(place("kafka"));
            servers.add(kafka.start());
            EmbeddedServer redis = new RedisServer(place("redis"));
            servers.add(redis.start());
            return startService(jar(repository), List.of(kafka, redis));
        } catch (ServerNotStarted e) {
            stopServers();
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            stopServers();
            throw e;
        }
    }

    private ServerPlace place(String name) throws IOException {
        return new ServerPlace(folder.resolve(name), Suite.freePort(), folder.resolve(name + ".log"));
    }

    private static Path jar(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("realtime-service/target"))) {
            return files
                .filter(file -> file.getFileName().toString().matches("parley-.*-SNAPSHOT\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IOException("realtime-service is not built"));
        }
    }

    private Process startService(Path jar, List<EmbeddedServer> near) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder process = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("realtime-service.log").toFile());
        Map<String, String> environment = process.environment();
        near.forEach(server -> environment.putAll(server.environment()));
        environment.put("PARLEY_PORT", Integer.toString(port));
        environment.put("PARLEY_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("PARLEY_BIND_ADDRESS", "127.0.0.1");
        environment.put("PARLEY_REALTIME_SOCKETS_HANDSHAKESPERSECOND", "0");
        environment.put("MALLOC_ARENA_MAX", "1");
        return process.start();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (!service.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                    "realtime-service did not become ready:\n" +
                        Files.readString(folder.resolve("realtime-service.log"))
                );
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + managementPort + path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public int port() {
        return port;
    }

    /** The service's process, then Kafka's and Redis'. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(service.pid()));
        servers.forEach(server -> pids.add(server.pid()));
        return pids;
    }

    /** The sum of a meter's values as Prometheus would read them, of all lines that begin so. */
    public double meter(String begin) throws IOException, InterruptedException {
        return get("/actuator/prometheus")
            .body()
            .lines()
            .filter(line -> line.startsWith(begin))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum();
    }

    /** Bytes of the heap that are in use right behind a collection of all of it. */
    public double heapInUse() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process collection = new ProcessBuilder(jcmd, Long.toString(service.pid()), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
        if (collection.waitFor() != 0) {
            throw new IOException("the heap could not be collected");
        }
        return meter("jvm_memory_used_bytes{application=\"realtime-service\",area=\"heap\"");
    }

    /** The service's memory as the system sees it, in bytes. */
    public double resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(service.pid()), "status"))) {
            return lines
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                .sum();
        }
    }

    @Override
    public void close() {
        stopProcesses();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("not tidied up: " + e.getMessage());
        }
    }

    private synchronized void stopProcesses() {
        service.destroy();
        try {
            if (!service.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        } catch (InterruptedException e) {
            service.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        stopServers();
    }

    private void stopServers() {
        servers.forEach(server -> server.stop(GRACE));
    }
}
