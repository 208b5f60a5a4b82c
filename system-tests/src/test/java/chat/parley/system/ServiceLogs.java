package chat.parley.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the services have written since somebody began to look. */
final class ServiceLogs {

    private static final List<String> SERVICES = List.of(
        "gateway",
        "room-service",
        "message-service",
        "presence-service",
        "media-service",
        "realtime-service"
    );

    private final Map<Path, Long> starts;

    private ServiceLogs(Map<Path, Long> starts) {
        this.starts = starts;
    }

    static ServiceLogs of(Parley parley) {
        Map<Path, Long> starts = new LinkedHashMap<>();
        for (String service : SERVICES) {
            Path log = parley.data().resolve("logs").resolve(service + ".log");
            starts.put(log, size(log));
        }
        return new ServiceLogs(starts);
    }

    /** The lines that are logged as errors. */
    List<String> errors() {
        return starts
            .entrySet()
            .stream()
            .flatMap(log -> since(log.getKey(), log.getValue()).lines())
            .filter(line -> line.contains(" ERROR ["))
            .toList();
    }

    private static String since(Path log, long start) {
        try {
            byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
            // A log that was begun anew meanwhile is shorter than it was.
            int from = start <= all.length ? (int) start : 0;
            return new String(Arrays.copyOfRange(all, from, all.length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
