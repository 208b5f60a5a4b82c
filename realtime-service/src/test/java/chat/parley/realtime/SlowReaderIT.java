package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A client that takes nothing from its connection, beside one that does. */
class SlowReaderIT extends RealtimeTest {

    private static final int PUBLISHED = 2_000;

    @Autowired
    Channels channels;

    @Autowired
    MeterRegistry meters;

    @Test
    void isSentAwayAndDisturbsNobody() throws IOException {
        PusherClient neighbour = toSandbox();
        neighbour.subscribes("flood");
        neighbour.isSubscribedTo("flood");
        try (Socket deaf = deafSubscriberOf("flood")) {
            String text = "\"" + "x".repeat(8_000) + "\"";

            for (int i = 0; i < PUBLISHED; i++) {
                channels.publish(
                    "sandbox/flood",
                    () -> ServerMessages.event("flood", "drop", text, null),
                    null,
                    Instant.now()
                );
                neighbour.hears("drop");
            }

            Await.until(Duration.ofSeconds(10), () -> dropped() > 0);
            Await.until(Duration.ofSeconds(10), () -> connections() == 1);
        }
        assertThat(neighbour.isOpen()).isTrue();
    }

    private double dropped() {
        return meters.get("parley.fanout.dropped").counter().count();
    }

    private double connections() {
        return meters.get("parley.connections").tag("app", "sandbox").gauge().value();
    }

    /** Shakes hands, subscribes, and never reads again. */
    private Socket deafSubscriberOf(String channel) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        String request =
            "GET /app/sandbox-key?protocol=7 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n" +
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        readUntil(socket.getInputStream(), "activity_timeout");
        socket
            .getOutputStream()
            .write(masked("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" + channel + "\"}}"));
        readUntil(socket.getInputStream(), "subscription_succeeded");
        return socket;
    }

    private static void readUntil(InputStream in, String text) throws IOException {
        var heard = new StringBuilder();
        while (heard.indexOf(text) < 0) {
            heard.append((char) in.read());
        }
    }

    /** A short text frame under the mask 0, which leaves every byte as it is. */
    private static byte[] masked(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + utf8.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | utf8.length);
        System.arraycopy(utf8, 0, frame, 6, utf8.length);
        return frame;
    }
}
