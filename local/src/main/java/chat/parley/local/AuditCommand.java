package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.services.Preparation;
import chat.parley.local.services.PreparedService;
import chat.parley.local.services.Service;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Has room-service's own program check or show the audit log of the running suite. */
final class AuditCommand {

    private static final String PROGRAM = "chat.parley.room.audit.AuditCommand";
    private static final long LONGEST_HOURS = 2;
    private static final int NOT_DONE = 2;

    private final Installation installation;
    private final Command.Audit wanted;
    private final DataFolder data;

    AuditCommand(Installation installation, Command.Audit wanted) {
        this.installation = installation;
        this.wanted = wanted;
        this.data = new DataFolder(wanted.data());
    }

    /** @return what the program returns: 0 for an intact log, 1 for a broken one, 2 if it could not be read */
    int run() throws IOException, InterruptedException {
        if (!isRunning()) {
            System.err.println("parley: Nothing is running in " + data.root() + "; ./parley up starts it");
            return NOT_DONE;
        }
        PreparedService room = new Preparation(installation.repository()).prepare(Service.ROOM);
        ProcessBuilder program = new ProcessBuilder(room.command(PROGRAM, wanted.words())).inheritIO();
        program.environment().putAll(Suite.serversOf(data));
        Process process = program.start();
        if (!process.waitFor(LONGEST_HOURS, TimeUnit.HOURS)) {
            process.destroyForcibly();
            return NOT_DONE;
        }
        return process.exitValue();
    }

    private boolean isRunning() throws IOException {
        return new StateFile(data.stateFile())
            .read()
            .map(SuiteState::supervisor)
            .flatMap(supervisor -> supervisor.find())
            .isPresent();
    }
}
