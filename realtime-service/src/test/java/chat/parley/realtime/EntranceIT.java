package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.App;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who is let in, and with which code who is not. */
class EntranceIT extends RealtimeTest {

    private static final String CHOOSY = "/app/choosy-key?protocol=7";

    @Autowired
    MeterRegistry meters;

    @ParameterizedTest
    @CsvSource(
        {
            "/app/secured-key?protocol=7, 4000",
            "/app/nobodys-key?protocol=7, 4001",
            "/app/disabled-key?protocol=7, 4003",
            "/app/sandbox-key/more?protocol=7, 4005",
            "/app/sandbox-key?protocol=seven, 4006",
            "/app/sandbox-key?protocol=6, 4007",
            "/app/sandbox-key, 4008",
        }
    )
    void tellsWhyItLetsNobodyIn(String path, int code) throws IOException {
        try (RawClient client = RawClient.asking(port, path)) {
            assertThat(client.closeCode()).isEqualTo(code);
        }
        assertThat(meters.get("parley.handshakes").tag("code", Integer.toString(code)).counters()).anyMatch(
            counter -> counter.count() > 0
        );
    }

    @ParameterizedTest
    @CsvSource({ "https://evil.test, 4009", "https://example.com, 4009", "null, 4009" })
    void refusesPagesThatTheAppDoesNotName(String origin, int code) throws IOException {
        try (RawClient client = RawClient.asking(port, CHOOSY, "Origin: " + origin)) {
            assertThat(client.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void takesItsOwnPagesAndWhoIsNoBrowserUpToTheAppsLimit() throws IOException {
        try (
            RawClient page = RawClient.asking(port, CHOOSY, "Origin: https://chat.example.com");
            RawClient program = RawClient.asking(port, CHOOSY)
        ) {
            page.readsUntil("activity_timeout");
            program.readsUntil("activity_timeout");

            try (RawClient third = RawClient.asking(port, CHOOSY)) {
                assertThat(third.closeCode()).isEqualTo(4004);
            }
        }
        Await.until(Duration.ofSeconds(10), () -> connections("choosy") == 0);
    }

    @Test
    void believesTrustedProxiesThatAClientCameOverTls() throws IOException {
        String path = "/app/secured-key?protocol=7";
        try (RawClient safe = RawClient.asking(port, path, "X-Forwarded-Proto: https")) {
            safe.readsUntil("activity_timeout");
        }
        try (RawClient plain = RawClient.asking(port, path, "X-Forwarded-Proto: http")) {
            assertThat(plain.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    void anAppMayForbidClientEvents() {
        App choosy = apps.withId("choosy").orElseThrow();
        PusherClient client = keep(PusherClient.connect(port, "choosy-key"));
        client.subscribesSigned(choosy, "private-x");

        client.says("client-hello", "private-x", Map.of());

        assertThat(client.hears("pusher:error").data().path("message").stringValue()).contains(
            "switched off"
        );
    }

    @Test
    void anAppMayBeGivenLessThanTheProtocolAllows() {
        App choosy = apps.withId("choosy").orElseThrow();

        assertThat(publishes(choosy, "short", "{}", List.of("a", "b"))).isEqualTo(200);
        assertThat(publishes(choosy, "much-too-long", "{}", List.of("a"))).isEqualTo(400);
        assertThat(publishes(choosy, "short", "x".repeat(101), List.of("a"))).isEqualTo(413);
        assertThat(publishes(choosy, "short", "{}", List.of("a", "b", "c"))).isEqualTo(400);
    }

    @Test
    void aDisabledAppsApiIsForbidden() {
        assertThat(publishes(apps.withId("disabled").orElseThrow(), "short", "{}", List.of("a"))).isEqualTo(
            403
        );
    }

    private int publishes(App app, String name, String data, List<String> channels) {
        String body = WireJson.mapper().writeValueAsString(
            Map.of("name", name, "data", data, "channels", channels)
        );
        var signed = ApiRequests.publish(app, body, null);
        return send(to(signed.path()).POST(HttpRequest.BodyPublishers.ofString(signed.body()))).statusCode();
    }

    /** Three at once and one a second: who comes beyond is told to come back, and beyond that, hardly anything. */
    @Test
    void letsInNoMoreThanItsPace() throws IOException {
        var settings = new HashMap<String, String>(
            TestServers.environment(Set.of(Server.KAFKA, Server.REDIS))
        );
        settings.put("parley.realtime.sockets.handshakes-per-second", "1");
        settings.put("parley.realtime.sockets.handshake-burst", "3");
        try (var node = anotherNode(settings)) {
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                try (RawClient client = RawClient.to(portOf(node))) {
                    client.asks("/app/sandbox-key?protocol=7");
                    answers.add(answer(client));
                }
            }

            assertThat(answers.subList(0, 3)).containsOnly("in");
            assertThat(answers).contains("4100", "503");
            assertThat(answers.indexOf("503")).isGreaterThan(answers.indexOf("4100"));
        }
    }

    private static String answer(RawClient client) throws IOException {
        String head = client.readsUntil("\r\n\r\n");
        if (head.startsWith("HTTP/1.1 503")) {
            assertThat(head.toLowerCase(Locale.ROOT)).contains("retry-after: 5");
            return "503";
        }
        return client.hears().contains("connection_established")
            ? "in"
            : Integer.toString(client.closeCode());
    }

    private double connections(String app) {
        return meters.get("parley.connections").tag("app", app).gauge().value();
    }
}
