package chat.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL refuses to run as root. Where this JVM does, a user namespace without any mapping makes a process
 * nobody in its own eyes while the kernel still lets it reach root's files; where namespaces are not allowed
 * (many containers), it runs as the user nobody, to whom its folder is given.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";
    private static final List<String> IN_NAMESPACE = List.of("unshare", "--user");
    private static final List<String> AS_NOBODY = List.of(
        "setpriv",
        "--reuid=" + NOBODY,
        "--regid=" + NOBODY,
        "--clear-groups"
    );

    private Unprivileged() {}

    static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What stands before a command that must not run as root and writes into the folder. */
    static List<String> prefix(Path folder) throws IOException {
        if (!runsAsRoot()) {
            return List.of();
        }
        // Once given away, files are closed to root's namespace.
        if (!belongsToNobody(folder) && works(IN_NAMESPACE, List.of("true"))) {
            return IN_NAMESPACE;
        }
        own(folder);
        if (works(AS_NOBODY, List.of("test", "-w", folder.toString()))) {
            return AS_NOBODY;
        }
        throw new IOException("it does not run as root, and the user nobody cannot reach " + folder);
    }

    private static boolean belongsToNobody(Path folder) throws IOException {
        return NOBODY.equals(String.valueOf(Files.getAttribute(folder, "unix:uid")));
    }

    private static void own(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            var nobody = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
            for (var path : paths.toList()) {
                Files.setOwner(path, nobody);
            }
        }
    }

    private static boolean works(List<String> prefix, List<String> command) {
        try {
            var process = new ProcessBuilder(Stream.concat(prefix.stream(), command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // No such program on this machine.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
