package chat.parley.local.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;

/** Writes states until it is killed. */
final class TirelessWriter {

    static final int COMPONENTS = 200;

    private TirelessWriter() {}

    public static void main(String[] arguments) throws IOException {
        StateFile file = new StateFile(Path.of(arguments[0]));
        ProcessIdentity self = ProcessIdentity.ofThisProcess();
        for (int port = 1; true; port = (port % 60_000) + 1) {
            var component = new ComponentState("component", 0, State.UP, port, Optional.of(self));
            file.write(new SuiteState(Phase.UP, port, self, Collections.nCopies(COMPONENTS, component)));
        }
    }
}
