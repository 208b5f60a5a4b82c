package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL 18, as durable as a real one: what it has committed survives a power failure. */
public final class PostgresServer implements EmbeddedServer {

    private static final String PARLEY = "parley";
    private static final int PROTOCOL_3 = 3 << 16;

    private final ServerPlace place;
    private final Path cluster;

    public PostgresServer(ServerPlace place) {
        this.place = place;
        this.cluster = place.folder().resolve("data");
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
            "PARLEY_POSTGRES_HOST",
            "127.0.0.1",
            "PARLEY_POSTGRES_PORT",
            Integer.toString(port()),
            "PARLEY_POSTGRES_DATABASE",
            PARLEY,
            "PARLEY_POSTGRES_USER",
            PARLEY,
            "PARLEY_POSTGRES_PASSWORD",
            PARLEY
        );
    }

    @Override
    public ServerProcess start() {
        var launch = new Launch(name(), place, StopSignal.INT);
        launch.clear();
        try {
            var installation = BinaryCache.ofThisUser().archive(Platform.current().postgres());
            var prefix = Unprivileged.prefix(place.folder());
            new PostgresCluster(installation, prefix, place.folder()).createIfAbsent(PARLEY, PARLEY);
            PostgresLock.of(cluster).removeIfOfAnotherProgram();
            return launch.run(command(installation, prefix), PostgresServer::asksForPassword);
        } catch (IOException e) {
            throw launch.failure(String.valueOf(e.getMessage()));
        }
    }

    private List<String> command(Path installation, List<String> prefix) {
        var postgres = List.of(installation.resolve("bin/postgres").toString(), "-D", cluster.toString());
        return Stream.of(prefix, postgres, settings()).flatMap(List::stream).toList();
    }

    private List<String> settings() {
        return Stream.of(
            "listen_addresses=127.0.0.1",
            "port=" + port(),
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "max_connections=100",
            "shared_buffers=64MB",
            "max_wal_size=512MB",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC"
        )
            .flatMap(setting -> Stream.of("-c", setting))
            .toList();
    }

    /** As far as a client without a password comes, which is only as far once recovery is over. */
    private static boolean asksForPassword(OutputStream question, DataInputStream answer) throws IOException {
        var greeting = "user\0%s\0database\0%s\0\0".formatted(PARLEY, PARLEY).getBytes(
            StandardCharsets.US_ASCII
        );
        var packet = new DataOutputStream(question);
        packet.writeInt(Integer.BYTES + Integer.BYTES + greeting.length);
        packet.writeInt(PROTOCOL_3);
        packet.write(greeting);
        packet.flush();
        return answer.readByte() == 'R';
    }
}
