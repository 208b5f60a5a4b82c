package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** MongoDB, or the stand-in for it where there is none: {@link MongoKind} decides. */
public final class MongoServer implements EmbeddedServer {

    private static final int OP_MSG = 2013;
    private static final int HEADER = 16;

    private final ServerPlace place;

    public MongoServer(ServerPlace place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PARLEY_MONGODB_URI", "mongodb://127.0.0.1:" + port() + "/parley");
    }

    @Override
    public ServerProcess start() {
        var launch = new Launch(name(), place, StopSignal.TERM);
        launch.clear();
        return MongoKind.of(place, launch).start(launch, place, MongoServer::pings);
    }

    private static boolean pings(OutputStream question, DataInputStream answer) throws IOException {
        question.write(ping());
        var header = ByteBuffer.wrap(answer.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        return header.remaining() == HEADER && header.getInt(12) == OP_MSG;
    }

    /** The command {@code {ping: 1, $db: "admin"}} as OP_MSG. */
    private static byte[] ping() {
        var body = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        body.position(Integer.BYTES);
        body.put((byte) 0x10).put(cString("ping")).putInt(1);
        body.put((byte) 0x02).put(cString("$db")).putInt("admin".length() + 1).put(cString("admin"));
        body.put((byte) 0);
        body.putInt(0, body.position());
        body.flip();
        var size = HEADER + Integer.BYTES + 1 + body.limit();
        var message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(size).putInt(1).putInt(0).putInt(OP_MSG).putInt(0).put((byte) 0).put(body);
        return message.array();
    }

    private static byte[] cString(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }
}
