package chat.parley.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What asks a server to end in order: PostgreSQL would wait for its clients on TERM and goes at once on INT. */
enum StopSignal {
    TERM,
    INT;

    void sendTo(ProcessHandle process) {
        if (this == TERM) {
            process.destroy();
        } else {
            kill(process.pid());
        }
    }

    private void kill(long pid) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("no kill command on this machine", e);
        }
    }
}
