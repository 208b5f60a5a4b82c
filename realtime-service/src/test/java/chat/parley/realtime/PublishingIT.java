package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app's server that publishes, byte by byte as it may come over one connection. */
class PublishingIT extends RealtimeTest {

    private static final int TIMEOUT_MILLIS = 20_000;

    private Socket server;

    @BeforeEach
    void connects() throws IOException {
        server = new Socket(InetAddress.getLoopbackAddress(), port);
        server.setSoTimeout(TIMEOUT_MILLIS);
        server.setTcpNoDelay(true);
    }

    @AfterEach
    void hangsUp() throws IOException {
        server.close();
    }

    private String request(String channel, String data, @Nullable String signature, String headers) {
        String json = WireJson.mapper().writeValueAsString(data);
        String body = WireJson.mapper().writeValueAsString(
            Map.of("name", "happened", "channel", channel, "data", json)
        );
        var signed = ApiRequests.publish(sandbox(), body, signature);
        return (
            "POST " +
            signed.path() +
            " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
            headers +
            "Content-Length: " +
            body.length() +
            "\r\n\r\n" +
            body
        );
    }

    private void sends(String text) throws IOException {
        OutputStream out = server.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One answer: its status line, its headers and as much of a body as they say. */
    private Answer receives() throws IOException {
        InputStream in = server.getInputStream();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        String headers = head.toString();
        int length = headers
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(headers.substring(9, 12)), headers, body);
    }

    private record Answer(int status, String headers, String body) {}

    private PusherClient listener(String channel) {
        PusherClient client = toSandbox();
        client.subscribes(channel);
        client.isSubscribedTo(channel);
        return client;
    }

    @Test
    void oneConnectionCarriesManyRequests() throws IOException {
        PusherClient listener = listener("many");

        for (int i = 0; i < 3; i++) {
            sends(request("many", "no " + i, null, "X-Request-Id: mine-" + i + "\r\n"));
            Answer answer = receives();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{}");
            assertThat(answer.headers()).contains("application/json", "mine-" + i);
            assertThat(listener.hears("happened").data().stringValue()).isEqualTo("no " + i);
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        for (char next : request("slow", "x", null, "").toCharArray()) {
            sends(String.valueOf(next));
        }

        assertThat(receives().status()).isEqualTo(200);
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTheirOrder() throws IOException {
        PusherClient listener = listener("together");
        String forged = request("together", "forged", "0".repeat(64), "");
        String elsewhere = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n";

        sends(
            request("together", "first", null, "") +
                elsewhere +
                request("together", "second", null, "") +
                forged +
                request("together", "third", null, "")
        );

        assertThat(receives().status()).isEqualTo(200);
        assertThat(receives().status()).isIn(401, 404);
        assertThat(receives().status()).isEqualTo(200);
        assertThat(receives().status()).isEqualTo(401);
        assertThat(receives().status()).isEqualTo(200);
        assertThat(listener.hears("happened").data().stringValue()).isEqualTo("first");
        assertThat(listener.hears("happened").data().stringValue()).isEqualTo("second");
        assertThat(listener.hears("happened").data().stringValue()).isEqualTo("third");
    }

    @Test
    void whatIsRefusedIsRefusedWithAReasonAndTheConnectionStays() throws IOException {
        sends(request("refused", "x", "0".repeat(64), ""));
        Answer forged = receives();
        sends(request("refused", "x".repeat(10 * 1024 + 1), null, ""));
        Answer tooLarge = receives();
        sends(request("refused", "x", null, ""));

        assertThat(forged.status()).isEqualTo(401);
        assertThat(forged.headers()).contains("application/problem+json");
        assertThat(forged.body()).contains("\"code\":\"unauthenticated\"");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("\"code\":\"too_large\"");
        assertThat(receives().status()).isEqualTo(200);
    }

    @Test
    void whoWantsTheConnectionClosedGetsItClosed() throws IOException {
        sends(request("closing", "x", null, "Connection: close\r\n"));

        Answer answer = receives();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().toLowerCase(Locale.ROOT)).contains("connection: close");
        assertThat(server.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whoAsksFirstMayContinue() throws IOException {
        String whole = request("continued", "x", null, "Expect: 100-continue\r\n");
        int body = whole.indexOf("\r\n\r\n") + 4;

        sends(whole.substring(0, body));
        assertThat(receives().status()).isEqualTo(100);
        sends(whole.substring(body));

        assertThat(receives().status()).isEqualTo(200);
    }
}
