package chat.parley.local.services;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How services are run on one machine: small, single-user, quick to start. */
final class JavaCommand {

    /** The same for training and running: a cache made under other options is not used. */
    static final List<String> OPTIONS = List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xms32m",
        "-Xmx192m",
        "-Xss512k",
        "-XX:MaxDirectMemorySize=96m",
        "-XX:ReservedCodeCacheSize=64m",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dfile.encoding=UTF-8",
        "-Dspring.profiles.active=local"
    );

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private JavaCommand() {}

    static List<String> of(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(arguments);
        return command;
    }

    static List<String> withOptions(List<String> arguments) {
        List<String> command = of(OPTIONS);
        command.addAll(arguments);
        return command;
    }
}
