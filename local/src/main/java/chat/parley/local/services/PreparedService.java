package chat.parley.local.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service that can be started at once.
 *
 * @param jar unpacked: its libraries lie beside it
 * @param cache classes loaded and linked in a trial run; empty if that run failed, which only costs time
 */
public record PreparedService(Path jar, Optional<Path> cache) {
    /** Another program in the same jar. */
    public List<String> command(String mainClass, List<String> words) {
        List<String> arguments = new ArrayList<>(List.of("-cp", jar.toString(), mainClass));
        arguments.addAll(words);
        return JavaCommand.withOptions(arguments);
    }

    List<String> command() {
        List<String> arguments = new ArrayList<>();
        cache.ifPresent(path -> arguments.add("-XX:AOTCache=" + path));
        arguments.add("-jar");
        arguments.add(jar.toString());
        return JavaCommand.withOptions(arguments);
    }
}
