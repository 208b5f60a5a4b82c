package chat.parley.embedded.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The main class of the process: {@code KafkaBroker <data folder> <port>}. */
public final class KafkaBroker {

    private static final int NODE = 1;

    private static final String SETTINGS = """
        process.roles=broker,controller
        node.id=%1$d
        log.dirs=%2$s
        listeners=CLIENTS://127.0.0.1:%3$d,QUORUM://127.0.0.1:%4$d
        advertised.listeners=CLIENTS://127.0.0.1:%3$d
        listener.security.protocol.map=CLIENTS:PLAINTEXT,QUORUM:PLAINTEXT
        inter.broker.listener.name=CLIENTS
        controller.listener.names=QUORUM
        controller.quorum.voters=%1$d@127.0.0.1:%4$d
        auto.create.topics.enable=false

        # Alone: nobody to copy to, nobody to wait for.
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=2
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        # A broker that was killed is only let in again once the session of its former life is over.
        broker.session.timeout.ms=2000
        broker.heartbeat.interval.ms=500

        # Small: one chat on one machine.
        num.network.threads=2
        num.io.threads=4
        background.threads=2
        log.cleaner.dedupe.buffer.size=8388608
        log.segment.bytes=67108864
        metadata.log.segment.bytes=8388608
        log.index.size.max.bytes=1048576
        """;

    private KafkaBroker() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        if (Files.notExists(folder.resolve("meta.properties"))) {
            format(folder);
        }
        var settings = settings(folder, Integer.parseInt(arguments[1]), freePort());
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NODE)
            .addDirectory(folder.toString())
            .setControllerListenerName("QUORUM")
            .setMetadataLogDirectory(folder.toString())
            .run();
    }

    private static Properties settings(Path folder, int port, int controllerPort) throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(SETTINGS.formatted(NODE, folder, port, controllerPort)));
        return settings;
    }

    /** Nobody but the broker itself uses the controller's port, so any one does. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
