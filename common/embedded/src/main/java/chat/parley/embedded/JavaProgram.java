package chat.parley.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server written in Java, in a JVM of its own like this one. Its module's build writes its class path down as a
 * resource, so it is found here without being on the class path here.
 *
 * @param module whose resource {@code META-INF/parley/<module>.classpath} is meant
 * @param main its main class
 * @param heapMb the most its heap may grow to
 */
record JavaProgram(String module, String main, int heapMb) {
    /** Whoever measures wants the JIT that takes longer, for these as for the services. */
    private static final boolean SERVER = "server".equals(System.getenv("PARLEY_JVM"));

    /** The folder stands first, where tools that list processes do not cut it off. */
    List<String> command(Path folder, String... arguments) {
        return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dparley.folder=" + folder,
                "-Xmx" + heapMb + "m",
                "-XX:+UseSerialGC",
                SERVER ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                main
            ),
            Stream.of(arguments)
        ).toList();
    }

    /** By the environment, which has room for it and leaves the command line readable. */
    Map<String, String> environment() throws IOException {
        return Map.of("CLASSPATH", ownClasses() + System.getProperty("path.separator") + classPath());
    }

    private String resource() {
        return "META-INF/parley/" + module + ".classpath";
    }

    private String classPath() throws IOException {
        try (var stream = location().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** The jar or folder that holds the resource holds the main class, too. */
    private Path ownClasses() throws IOException {
        var location = location().toString();
        var root = location.substring(0, location.length() - resource().length());
        return Path.of(URI.create(root.startsWith("jar:") ? root.substring(4, root.length() - 2) : root));
    }

    private URL location() throws IOException {
        var url = ClassLoader.getSystemResource(resource());
        if (url == null) {
            throw new IOException("no " + resource() + " on the class path");
        }
        return url;
    }
}
