package chat.parley.bench.suite;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where and of what a run is. */
public final class Machine {

    private Machine() {}

    public static Map<String, Object> facts(Path repository) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().toString());
        facts.put("commit", git(repository, "rev-parse", "HEAD"));
        facts.put("changed", !git(repository, "status", "--porcelain", "--untracked-files=no").isEmpty());
        facts.put("processor", line("/proc/cpuinfo", "model name"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("memory", line("/proc/meminfo", "MemTotal"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("java", Runtime.version().toString());
        facts.put("load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        facts.put("settings", Suite.SETTINGS);
        return facts;
    }

    private static String line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }

    private static String git(Path repository, String... words) {
        try {
            Process git = new ProcessBuilder(
                Stream.concat(Stream.of("git", "-C", repository.toString()), Stream.of(words)).toList()
            )
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
            String said = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
        } catch (IOException none) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
