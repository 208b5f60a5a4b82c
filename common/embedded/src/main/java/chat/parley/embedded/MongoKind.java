package chat.parley.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What serves the MongoDB protocol here: a real mongod where there is one, else the stand-in in Java. */
enum MongoKind {
    MONGOD {
        @Override
        ServerProcess start(Launch launch, ServerPlace place, Probe probe) {
            var mongod = onPath().orElseThrow(() -> launch.failure("there is no mongod on the PATH"));
            return launch.run(
                List.of(
                    mongod.toString(),
                    "--dbpath",
                    launch.folder("mongod").toString(),
                    "--bind_ip",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(place.port()),
                    "--wiredTigerCacheSizeGB",
                    "0.25",
                    "--nounixsocket"
                ),
                probe
            );
        }
    },
    JAVA {
        @Override
        ServerProcess start(Launch launch, ServerPlace place, Probe probe) {
            var data = launch.folder("stand-in").toString();
            return launch.run(
                STAND_IN.command(place.folder(), data, Integer.toString(place.port())),
                STAND_IN,
                probe
            );
        }
    };

    private static final JavaProgram STAND_IN = new JavaProgram(
        "mongo-server",
        "chat.parley.embedded.mongo.MongoStandIn",
        384
    );

    abstract ServerProcess start(Launch launch, ServerPlace place, Probe probe);

    /** As {@code parley.embedded.mongo} says; in the default, auto, a folder stays with the kind that filled it. */
    static MongoKind forFolder(Path folder) {
        return switch (System.getProperty("parley.embedded.mongo", "auto")) {
            case "mongod" -> MONGOD;
            case "java" -> JAVA;
            case "auto" -> Files.exists(folder.resolve("stand-in")) || onPath().isEmpty() ? JAVA : MONGOD;
            case String other -> throw new IllegalArgumentException(
                "parley.embedded.mongo is auto, mongod or java, not " + other
            );
        };
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isBlank())
            .map(folder -> Path.of(folder, "mongod"))
            .filter(Files::isExecutable)
            .findFirst();
    }
}
