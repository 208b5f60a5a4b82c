package chat.parley.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What serves the MongoDB protocol here: a real mongod where there is one, else the stand-in in Java. */
sealed interface MongoKind {
    ServerProcess start(Launch launch, ServerPlace place, Probe probe);

    /**
     * As the system property {@code parley.embedded.mongo} or the variable {@code PARLEY_EMBEDDED_MONGO} says:
     * {@code auto} takes a mongod that is there, {@code fetch} downloads one if there is none, and both fall back on
     * the stand-in; {@code mongod} and {@code java} insist. A folder stays with the kind that filled it, unless one
     * insists.
     */
    static MongoKind of(ServerPlace place, Launch launch) {
        var mongod = MongodBinary.ofThisMachine();
        return switch (wanted()) {
            case "java" -> new StandIn();
            case "mongod" -> new Mongod(
                mongod.find().orElseThrow(() -> launch.failure("there is no mongod on the PATH"))
            );
            case "auto" -> filledByStandIn(place) ? new StandIn() : orStandIn(mongod.find());
            case "fetch" -> filledByStandIn(place) ? new StandIn() : orStandIn(mongod.findOrFetch(place));
            case String other -> throw launch.failure(
                "parley.embedded.mongo is auto, fetch, mongod or java, not " + other
            );
        };
    }

    private static String wanted() {
        return System.getProperty(
            "parley.embedded.mongo",
            System.getenv().getOrDefault("PARLEY_EMBEDDED_MONGO", "auto")
        );
    }

    private static boolean filledByStandIn(ServerPlace place) {
        return Files.exists(place.folder().resolve(StandIn.FOLDER));
    }

    private static MongoKind orStandIn(Optional<Path> mongod) {
        return mongod.<MongoKind>map(Mongod::new).orElseGet(StandIn::new);
    }

    /** The real one. */
    record Mongod(Path binary) implements MongoKind {
        @Override
        public ServerProcess start(Launch launch, ServerPlace place, Probe probe) {
            var command = List.of(
                binary.toString(),
                "--dbpath",
                launch.folder("mongod").toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                Integer.toString(place.port()),
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--nounixsocket"
            );
            return launch.run(command, probe);
        }
    }

    /** The one in Java. */
    record StandIn() implements MongoKind {
        static final String FOLDER = "stand-in";

        private static final JavaProgram PROGRAM = new JavaProgram(
            "mongo-server",
            "chat.parley.embedded.mongo.MongoStandIn",
            384
        );

        @Override
        public ServerProcess start(Launch launch, ServerPlace place, Probe probe) {
            var data = launch.folder(FOLDER).toString();
            return launch.run(
                PROGRAM.command(place.folder(), data, Integer.toString(place.port())),
                PROGRAM,
                probe
            );
        }
    }
}
