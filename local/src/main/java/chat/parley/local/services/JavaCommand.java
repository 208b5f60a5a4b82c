package chat.parley.local.services;

import chat.parley.local.supervision.StartFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How services are run on one machine: small, single-user, quick to start; or, for who measures them ({@code
 * PARLEY_JVM=server}), as in a cluster, with the JIT that takes longer and the heap of the images' limits.
 */
final class JavaCommand {

    private static final List<String> SMALL = List.of(
        "-XX:TieredStopAtLevel=1",
        "-Xms32m",
        "-Xmx192m",
        "-Xss512k",
        "-XX:MaxDirectMemorySize=96m",
        "-XX:ReservedCodeCacheSize=64m"
    );

    private static final List<String> SERVER = List.of(
        "-Xmx384m",
        "-XX:MaxDirectMemorySize=192m",
        "-XX:ReservedCodeCacheSize=128m"
    );

    private static final List<String> COMMON = List.of(
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dfile.encoding=UTF-8",
        "-Dspring.profiles.active=local"
    );

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JavaCommand() {}

    /** The same for training and running: a cache made under other options is not used. */
    static List<String> options() {
        return options(System.getenv("PARLEY_JVM"));
    }

    /** Whether a service is trained for a quick start; the images are not, and start in half a minute instead. */
    static boolean wantsTraining() {
        return options().containsAll(SMALL);
    }

    /** @throws StartFailure if there is no such kind */
    static List<String> options(@Nullable String kind) {
        List<String> sizes = switch (kind) {
            case "server" -> SERVER;
            case "small" -> SMALL;
            case null -> SMALL;
            default -> throw new StartFailure("PARLEY_JVM is small or server, not " + kind);
        };
        return Stream.concat(sizes.stream(), COMMON.stream()).toList();
    }

    static List<String> of(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(arguments);
        return command;
    }

    static List<String> withOptions(List<String> arguments) {
        List<String> command = of(options());
        command.addAll(arguments);
        return command;
    }
}
