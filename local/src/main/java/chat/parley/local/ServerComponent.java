package chat.parley.local;

import chat.parley.embedded.EmbeddedServer;
import chat.parley.embedded.ServerNotStarted;
import chat.parley.embedded.ServerProcess;
import chat.parley.local.supervision.Component;
import chat.parley.local.supervision.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An embedded server, which is ready as soon as it is started. */
final class ServerComponent implements Component {

    private final EmbeddedServer server;
    private final Path log;

    ServerComponent(EmbeddedServer server, Path log) {
        this.server = server;
        this.log = log;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public Run start() throws IOException {
        try {
            return new ServerRun(server.start());
        } catch (ServerNotStarted e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static final class ServerRun implements Run {

        private final ServerProcess process;
        private final CompletableFuture<Integer> exit;

        ServerRun(ServerProcess process) {
            this.process = process;
            this.exit = process.exit();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public boolean ready() {
            return process.alive();
        }

        @Override
        public void stop(Duration grace) {
            process.stop(grace);
        }
    }
}
