package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Kafka 4 as one process, broker and controller. */
public final class KafkaServer implements EmbeddedServer {

    private static final JavaProgram PROGRAM = new JavaProgram(
        "kafka-server",
        "chat.parley.embedded.kafka.KafkaBroker",
        256
    );
    private static final short METADATA = 3;
    private static final int LONGEST_ANSWER = 1 << 16;

    private final ServerPlace place;

    public KafkaServer(ServerPlace place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PARLEY_KAFKA", "127.0.0.1:" + port());
    }

    @Override
    public ServerProcess start() {
        var launch = new Launch(name(), place, StopSignal.TERM);
        launch.clear();
        var data = place.folder().resolve("data").toString();
        var command = PROGRAM.command(place.folder(), data, Integer.toString(port()));
        return launch.run(command, PROGRAM, KafkaServer::namesItself);
    }

    /** A broker stands in its own metadata only once the controller has let it in. */
    private static boolean namesItself(OutputStream question, DataInputStream answer) throws IOException {
        var request = new DataOutputStream(question);
        request.writeInt(2 + 2 + 4 + 2 + 4);
        request.writeShort(METADATA);
        request.writeShort(1);
        request.writeInt(1); // correlation
        request.writeShort(-1); // no client id
        request.writeInt(0); // no topics
        request.flush();
        var size = answer.readInt();
        var correlation = answer.readInt();
        var brokers = answer.readInt();
        return size < LONGEST_ANSWER && correlation == 1 && brokers > 0;
    }
}
