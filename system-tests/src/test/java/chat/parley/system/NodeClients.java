package chat.parley.system;

import chat.parley.system.Inbox.Sighting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** A Node process with real clients in it, steered by {@code node/clients.mjs}. */
final class NodeClients implements AutoCloseable {

    private static final Path FOLDER = Path.of("node").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final AtomicLong calls = new AtomicLong();
    private final Inbox<JsonNode> outcomes = new Inbox<>();
    private final Map<String, Inbox<Heard>> heard = new ConcurrentHashMap<>();

    NodeClients() {
        try {
            process = new ProcessBuilder("node", "clients.mjs")
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/clients.log")))
                .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Not a virtual one: it would keep one of the machine's few carriers for as long as it waits for a line.
        Thread.ofPlatform().daemon().start(this::read);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().map(Api.JSON::readTree).forEach(this::take);
        } catch (IOException | UncheckedIOException ended) {
            // The process was stopped.
        }
    }

    private void take(JsonNode line) {
        if (line.has("call")) {
            outcomes.add(line);
        } else {
            heardBy(line.path("client").asString()).add(
                new Heard(line.path("channel").asString(), line.path("event").asString(), line.path("data"))
            );
        }
    }

    Inbox<Heard> heardBy(String client) {
        return heard.computeIfAbsent(client, _ -> new Inbox<>());
    }

    /** Has something done; what came of it. */
    Outcome call(String client, String what, Map<String, ?> more) {
        long number = calls.incrementAndGet();
        Map<String, Object> wish = new HashMap<>(more);
        wish.put("call", number);
        wish.put("of", client);
        wish.put("do", what);
        write(Api.JSON.writeValueAsString(wish));
        Sighting<JsonNode> outcome = outcomes.expects(
            what + " of " + client,
            line -> line.path("call").asLong() == number
        );
        return Outcome.of(what, outcome.within(PATIENCE));
    }

    private synchronized void write(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the clients' process has ended; see target/clients.log", e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How a call ended.
     *
     * @param failure what the library said; missing where all went well
     */
    record Outcome(String what, JsonNode value, JsonNode failure) {
        static Outcome of(String what, JsonNode line) {
            return new Outcome(what, line.path("value"), line.path("failure"));
        }

        JsonNode require() {
            if (!failure.isMissingNode()) {
                throw new AssertionError(what + " failed: " + failure);
            }
            return value;
        }

        /** Of an HTTP answer: 200 or the one that the library took for a failure. */
        int status() {
            return failure.isMissingNode() ? value.path("status").asInt() : failure.path("status").asInt();
        }
    }
}
