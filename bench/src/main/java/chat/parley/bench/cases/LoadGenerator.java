package chat.parley.bench.cases;

import chat.parley.bench.suite.RealtimeAlone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program outside of this repository that holds a thousand sockets on one thread and measures what a delivery takes of
 * a server's processor, and the same of other servers. It is a folder with {@code bench.py} and {@code wsload} in it.
 */
final class LoadGenerator {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Path folder;

    private LoadGenerator(Path folder) {
        this.folder = folder;
    }

    static LoadGenerator require(@Nullable Path folder) {
        if (folder == null) {
            throw new IllegalArgumentException("Sockets are measured with a load generator: --loadgen DIR");
        }
        return new LoadGenerator(folder);
    }

    /** One test of another server, which is started for it. */
    JsonNode peer(String name, String test) throws IOException, InterruptedException {
        return measured("run", "--peers", name, "--tests", test, "--reps", "1");
    }

    /** @param via {@code http} or {@code client}: how events are published */
    JsonNode parley(RealtimeAlone node, String via, String test) throws IOException, InterruptedException {
        // Of idle sockets the memory counts, and only the service has it.
        List<Long> pids = test.equals("idle") ? node.pids().subList(0, 1) : node.pids();
        return measured(
            "ext",
            "--name",
            "parley",
            "--port",
            Integer.toString(node.port()),
            "--key",
            RealtimeAlone.KEY,
            "--app",
            RealtimeAlone.APP,
            "--secret",
            RealtimeAlone.SECRET,
            "--pid",
            String.join(",", pids.stream().map(String::valueOf).toList()),
            "--via",
            via,
            "--tests",
            test,
            "--reps",
            "1"
        );
    }

    private JsonNode measured(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile("parley-load", ".jsonl");
        try {
            List<String> command = new ArrayList<>(List.of("python3", folder.resolve("bench.py").toString()));
            command.addAll(List.of(words));
            command.addAll(List.of("--out", out.toString()));
            String said = finish(start(command), PATIENCE);
            List<String> lines = Files.readAllLines(out);
            if (lines.isEmpty()) {
                throw new IOException("the load generator has measured nothing: " + said);
            }
            return JSON.readTree(lines.getLast());
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** Starts it against the node with arguments of its own; {@link #result} reads what it has found. */
    Process against(RealtimeAlone node, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
            List.of(
                folder.resolve("wsload").toString(),
                "-p",
                "pusher",
                "-v",
                "http",
                "--port",
                Integer.toString(node.port()),
                "--key",
                RealtimeAlone.KEY,
                "--app",
                RealtimeAlone.APP,
                "--secret",
                RealtimeAlone.SECRET,
                "--pid",
                String.valueOf(node.pids().getFirst())
            )
        );
        command.addAll(List.of(arguments));
        return start(command);
    }

    static JsonNode result(Process process, Duration within) throws IOException, InterruptedException {
        return JSON.readTree(finish(process, within));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** What it says is little, and so never waits in the pipe for us. */
    private static String finish(Process process, Duration within) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the load generator did not end in time");
            }
            return new String(process.getInputStream().readAllBytes()).strip();
        } finally {
            process.destroy();
        }
    }
}
