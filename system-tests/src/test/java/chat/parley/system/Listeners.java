package chat.parley.system;

import chat.parley.system.Inbox.Sighting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Real pusher-js clients in a Node process, one for each person, that listen to one room. */
final class Listeners implements AutoCloseable {

    private static final Path FOLDER = Path.of("node").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int count;
    private final Inbox<JsonNode> reports = new Inbox<>();

    private Listeners(Process process, int count) {
        this.process = process;
        this.count = count;
        // Not a virtual one: it would keep one of the machine's few carriers for as long as it waits for a line.
        Thread.ofPlatform().daemon().start(this::read);
    }

    /** Returns once all of them are subscribed. */
    static Listeners in(Room room, Parley parley, Person... people) {
        String wish = Api.JSON.writeValueAsString(
            Map.of(
                "url",
                parley.url().toString(),
                "room",
                room.id(),
                "people",
                List.of(people).stream().map(Listeners::asTheyCall).toList()
            )
        );
        try {
            Process process = new ProcessBuilder("node", "listeners.mjs", wish)
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target/listeners.log")))
                .start();
            Listeners listeners = new Listeners(process, people.length);
            listeners.awaitSubscriptions();
            return listeners;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> asTheyCall(Person person) {
        return Map.of("id", person.id(), "token", person.token(), "address", person.address().value());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> reports.add(Api.JSON.readTree(line)));
        } catch (IOException | UncheckedIOException ended) {
            // The process was stopped.
        }
    }

    private void awaitSubscriptions() {
        for (int listener = 0; listener < count; listener++) {
            int number = listener;
            reports
                .expects("subscription of listener " + number, report ->
                    is(report, number, Set.of("subscribed"))
                )
                .within(START);
            reports
                .expects("what concerns listener " + number, report ->
                    is(report, number, Set.of("reachable"))
                )
                .within(START);
        }
    }

    /** The messages that came to a listener over its socket, in the order in which they came, repeats too. */
    List<JsonNode> heard(int listener) {
        return reportsOf(listener, Set.of("heard"));
    }

    /** What else was told of a message over a listener's socket. */
    Sighting<JsonNode> hears(int listener, String event, JsonNode message) {
        return reports.expects(
            event + " at listener " + listener,
            report -> isAbout(message, listener, report) && report.path("event").asString().equals(event)
        );
    }

    /** The events that told a listener what became of a message, in the order in which they came. */
    List<String> eventsOf(JsonNode message, int listener) {
        return reports
            .all()
            .stream()
            .filter(report -> isAbout(message, listener, report))
            .map(report -> report.path("event").asString())
            .toList();
    }

    private static boolean isAbout(JsonNode message, int listener, JsonNode report) {
        JsonNode data = report.path("data");
        return (
            is(report, listener, Set.of("event")) &&
            (data.path("message_id").equals(message.path("id")) ||
                data.path("message").path("id").equals(message.path("id")))
        );
    }

    /** The messages that a listener holds: those it heard and those it asked for after it had been cut off. */
    Set<Long> seqsKnownTo(int listener) {
        return reportsOf(listener, Set.of("heard", "fetched"))
            .stream()
            .map(report -> report.path("seq").asLong())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    IntStream numbers() {
        return IntStream.range(0, count);
    }

    private List<JsonNode> reportsOf(int listener, Set<String> kinds) {
        return reports
            .all()
            .stream()
            .filter(report -> is(report, listener, kinds))
            .toList();
    }

    private static boolean is(JsonNode report, int listener, Set<String> kinds) {
        return report.path("listener").asInt() == listener && kinds.contains(report.path("what").asString());
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
}
