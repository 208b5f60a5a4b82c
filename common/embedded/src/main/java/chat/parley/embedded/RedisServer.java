package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Redis 7, which may lose the last second at a power failure and nothing when it is killed. */
public final class RedisServer implements EmbeddedServer {

    private final ServerPlace place;

    public RedisServer(ServerPlace place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PARLEY_REDIS_URL", "redis://127.0.0.1:" + port());
    }

    @Override
    public ServerProcess start() {
        var launch = new Launch(name(), place, StopSignal.TERM);
        launch.clear();
        try {
            var binary = BinaryCache.ofThisUser().executable(Platform.current().redis());
            return launch.run(command(binary), RedisServer::pongs);
        } catch (IOException e) {
            throw launch.failure(String.valueOf(e.getMessage()));
        }
    }

    private List<String> command(Path binary) {
        return List.of(
            binary.toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port()),
            "--dir",
            place.folder().toString(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--save",
            "",
            // A title of its own would hide the folder by which an orphan is recognised.
            "--set-proc-title",
            "no"
        );
    }

    private static boolean pongs(OutputStream question, DataInputStream answer) throws IOException {
        question.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(answer.readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    }
}
