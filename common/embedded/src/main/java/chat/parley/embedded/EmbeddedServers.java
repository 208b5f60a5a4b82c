package chat.parley.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All servers of one installation, side by side below one folder. */
public final class EmbeddedServers {

    private final List<EmbeddedServer> servers;

    private EmbeddedServers(List<EmbeddedServer> servers) {
        this.servers = List.copyOf(servers);
    }

    /** Data goes to {@code base/<name>}, output to {@code logs/<name>.log}. */
    public static EmbeddedServers on(Path base, Path logs, EmbeddedPorts ports) {
        return new EmbeddedServers(
            List.of(
                new PostgresServer(place(base, logs, "postgres", ports.postgres())),
                new KafkaServer(place(base, logs, "kafka", ports.kafka())),
                new RedisServer(place(base, logs, "redis", ports.redis())),
                new MongoServer(place(base, logs, "mongodb", ports.mongodb())),
                new S3Server(place(base, logs, "s3", ports.s3()))
            )
        );
    }

    /** Ends what a killed run left serving the folders below {@code base}; each start does that for its own folder. */
    public static void reap(Path base) {
        var folders = base.toAbsolutePath().normalize();
        new PidFile(folders.resolve("postgres")).reap(StopSignal.INT);
        for (var name : List.of("kafka", "redis", "mongodb", "s3")) {
            new PidFile(folders.resolve(name)).reap(StopSignal.TERM);
        }
    }

    private static ServerPlace place(Path base, Path logs, String name, int port) {
        return new ServerPlace(base.resolve(name), port, logs.resolve(name + ".log"));
    }

    /** In no particular order: none needs another, so they may be started at once. */
    public List<EmbeddedServer> all() {
        return servers;
    }

    /** What all of them tell a service, together. */
    public Map<String, String> environment() {
        var all = new LinkedHashMap<String, String>();
        servers.forEach(server -> all.putAll(server.environment()));
        return all;
    }
}
