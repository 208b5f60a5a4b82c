package chat.parley.testing.servers;

import chat.parley.embedded.EmbeddedServer;
import chat.parley.embedded.KafkaServer;
import chat.parley.embedded.MongoServer;
import chat.parley.embedded.PostgresServer;
import chat.parley.embedded.RedisServer;
import chat.parley.embedded.S3Server;
import chat.parley.embedded.ServerPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Servers as processes on a temporary folder. */
final class EmbeddedSource implements ServerSource {

    private final Path folder;
    private final Watchdog watchdog;

    EmbeddedSource() {
        try {
            this.folder = Files.createTempDirectory("parley-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.watchdog = Watchdog.over(folder);
    }

    @Override
    public Map<String, String> start(Server server) {
        var embedded = on(place(server), server);
        watchdog.watch(embedded.start().pid());
        return embedded.environment();
    }

    private static EmbeddedServer on(ServerPlace place, Server server) {
        return switch (server) {
            case POSTGRES -> new PostgresServer(place);
            case KAFKA -> new KafkaServer(place);
            case REDIS -> new RedisServer(place);
            case MONGODB -> new MongoServer(place);
            case S3 -> new S3Server(place);
        };
    }

    private ServerPlace place(Server server) {
        return new ServerPlace(
            folder.resolve(server.name()),
            freePort(),
            folder.resolve(server.name() + ".log")
        );
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
