package chat.parley.embedded.kafka;

import java.io.IOException;
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

    private KafkaBroker() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var settings = settings(folder, Integer.parseInt(arguments[1]), freePort());
        if (Files.notExists(folder.resolve("meta.properties"))) {
            format(folder);
        }
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE);
        settings.put("log.dirs", folder.toString());
        settings.put(
            "listeners",
            "CLIENTS://127.0.0.1:%d,QUORUM://127.0.0.1:%d".formatted(port, controllerPort)
        );
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,QUORUM:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "QUORUM");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        alone(settings);
        small(settings);
        return settings;
    }

    private static void alone(Properties settings) {
        settings.put("offsets.topic.replication.factor", 1);
        settings.put("offsets.topic.num.partitions", 4);
        settings.put("transaction.state.log.replication.factor", 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 2);
        settings.put("share.coordinator.state.topic.replication.factor", 1);
        settings.put("share.coordinator.state.topic.min.isr", 1);
        settings.put("share.coordinator.state.topic.num.partitions", 1);
        settings.put("auto.create.topics.enable", false);
        settings.put("group.initial.rebalance.delay.ms", 0);
        // A broker that was killed is only let in again once the session of its former life is over.
        settings.put("broker.session.timeout.ms", 2_000);
        settings.put("broker.heartbeat.interval.ms", 500);
    }

    private static void small(Properties settings) {
        settings.put("num.network.threads", 2);
        settings.put("num.io.threads", 4);
        settings.put("background.threads", 2);
        settings.put("num.recovery.threads.per.data.dir", 1);
        settings.put("log.cleaner.dedupe.buffer.size", 8 << 20);
        settings.put("log.segment.bytes", 64 << 20);
        settings.put("metadata.log.segment.bytes", 8 << 20);
        settings.put("log.index.size.max.bytes", 1 << 20);
    }

    private static void format(Path folder) throws Exception {
        new Formatter()
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NODE)
            .addDirectory(folder.toString())
            .setControllerListenerName("QUORUM")
            .setMetadataLogDirectory(folder.toString())
            .setIgnoreFormatted(true)
            .run();
    }

    /** Nobody but the broker itself uses the controller's port, so any one does. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
