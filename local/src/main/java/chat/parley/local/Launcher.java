package chat.parley.local;

import chat.parley.local.supervision.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The program behind the script {@code ./parley}, which has built it and found a JDK for it. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] words) throws InterruptedException {
        System.exit(run(List.of(words)));
    }

    private static int run(List<String> words) throws InterruptedException {
        try {
            Installation installation = Installation.ofThisProcess();
            return run(installation, Command.parse(words, installation.usualData()));
        } catch (StartFailure e) {
            System.err.println("parley: " + e.getMessage());
            e.evidence().forEach(System.err::println);
            return 1;
        } catch (IOException | UncheckedIOException e) {
            System.err.println("parley: " + e.getMessage() + " (" + e.getClass().getSimpleName() + ")");
            return 1;
        }
    }

    private static int run(Installation installation, Command command)
        throws IOException, InterruptedException {
        return switch (command) {
            case Command.Up up when up.manner() == Command.Manner.DETACHED -> new DetachedUpCommand(
                installation,
                up
            ).run();
            case Command.Up up -> new UpCommand(installation, up).run();
            case Command.Down down -> new DownCommand(down).run();
            case Command.Status status -> new StatusCommand(status).run();
            case Command.Logs logs -> new LogsCommand(logs).run();
            case Command.Audit audit -> new AuditCommand(installation, audit).run();
            case Command.Import wanted -> new ImportCommand(installation, wanted).run();
            case Command.Keys keys -> new KeysCommand(keys, System.getenv(), System.out).run();
            case Command.Export wanted -> new ExportCommand(wanted).run();
        };
    }
}
