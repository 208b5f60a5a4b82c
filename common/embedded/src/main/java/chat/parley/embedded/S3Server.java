package chat.parley.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An S3 store on a folder, with one bucket in it. */
public final class S3Server implements EmbeddedServer {

    private static final JavaProgram PROGRAM = new JavaProgram(
        "s3-server",
        "chat.parley.embedded.s3.S3Store",
        192
    );
    private static final String BUCKET = "parley-media";
    private static final String ACCESS_KEY = "parley";
    private static final String SECRET_KEY = "parley-secret";

    private final ServerPlace place;

    public S3Server(ServerPlace place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public int port() {
        return place.port();
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
            "PARLEY_S3_ENDPOINT",
            "http://127.0.0.1:" + port(),
            "PARLEY_S3_REGION",
            "us-east-1",
            "PARLEY_S3_BUCKET",
            BUCKET,
            "PARLEY_S3_ACCESS_KEY",
            ACCESS_KEY,
            "PARLEY_S3_SECRET_KEY",
            SECRET_KEY
        );
    }

    @Override
    public ServerProcess start() {
        var launch = new Launch(name(), place, StopSignal.TERM);
        launch.clear();
        var data = place.folder().resolve("data").toString();
        var port = Integer.toString(port());
        var command = PROGRAM.command(place.folder(), data, port, BUCKET, ACCESS_KEY, SECRET_KEY);
        return launch.run(command, PROGRAM, S3Server::speaksHttp);
    }

    /** Any status will do: who asks without a signature is turned away. */
    private static boolean speaksHttp(OutputStream question, DataInputStream answer) throws IOException {
        var request = "HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        question.write(request.getBytes(StandardCharsets.US_ASCII));
        return new String(answer.readNBytes(5), StandardCharsets.US_ASCII).equals("HTTP/");
    }
}
