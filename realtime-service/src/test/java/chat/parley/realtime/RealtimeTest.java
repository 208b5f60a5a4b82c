package chat.parley.realtime;

import chat.parley.contracts.Event;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.service.kafka.EventPublisher;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.rooms.TestTokens;
import chat.parley.testing.rooms.WithFakeRooms;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.WithServers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;

/** The service itself with a real Kafka and Redis, spoken to as clients and the other services do. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
        "parley.realtime.sockets.max-outbound=64KB",
        "parley.realtime.apps.parley.authorized-within=15s",
        "parley.rooms.timeout=20s",
        // Far longer than a busy machine takes to publish; SeqOrderTest looks at the time itself.
        "parley.realtime.order.patience=5s",
        "parley.realtime.apps.limited.key=limited-key",
        "parley.realtime.apps.limited.secret=limited-secret",
        "parley.realtime.apps.limited.max-presence-members=2",
        "parley.realtime.apps.counted.key=counted-key",
        "parley.realtime.apps.counted.secret=counted-secret",
        "parley.realtime.apps.counted.subscription-counts=true",
        "parley.realtime.apps.disabled.key=disabled-key",
        "parley.realtime.apps.disabled.secret=disabled-secret",
        "parley.realtime.apps.disabled.enabled=false",
        "parley.realtime.apps.choosy.key=choosy-key",
        "parley.realtime.apps.choosy.secret=choosy-secret",
        "parley.realtime.apps.choosy.allowed-origins=https://*.example.com,http://localhost:3000",
        "parley.realtime.apps.choosy.max-connections=2",
        "parley.realtime.apps.choosy.client-events=false",
        "parley.realtime.apps.choosy.max-event-size=100B",
        "parley.realtime.apps.choosy.max-event-name=10",
        "parley.realtime.apps.choosy.max-event-channels=2",
        "parley.realtime.apps.secured.key=secured-key",
        "parley.realtime.apps.secured.secret=secured-secret",
        "parley.realtime.apps.secured.tls-only=true",
        "parley.realtime.sockets.trusted-proxies=127.0.0.0/8",
        "parley.realtime.sockets.request-within=3s",
    }
)
@WithServers({ Server.KAFKA, Server.REDIS })
@WithFakeRooms
@ActiveProfiles("test")
abstract class RealtimeTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<PusherClient> clients = new ArrayList<>();

    @LocalServerPort
    int port;

    @Autowired
    Environment first;

    @Autowired
    FakeRooms rooms;

    @Autowired
    Apps apps;

    @Autowired
    EventPublisher events;

    @Autowired
    HealthIndicator eventLog;

    @BeforeEach
    void nodeHearsTheOthers() {
        Await.until(Duration.ofSeconds(30), () -> eventLog.health().getStatus().equals(Status.UP));
    }

    @AfterEach
    void everybodyLeaves() {
        clients.forEach(PusherClient::close);
    }

    PusherClient toChat() {
        return keep(PusherClient.connect(port, "parley-key"));
    }

    PusherClient toSandbox() {
        return keep(PusherClient.connect(port, "sandbox-key"));
    }

    PusherClient keep(PusherClient client) {
        clients.add(client);
        return client;
    }

    App sandbox() {
        return apps.withId("sandbox").orElseThrow();
    }

    // --- as whoever runs the suite

    /** One more node, which hears the others already; to be closed by the test. */
    ConfigurableApplicationContext anotherNode(Map<String, String> settings) {
        var properties = new HashMap<String, Object>(settings);
        properties.put("PARLEY_PORT", "0");
        properties.put("PARLEY_MANAGEMENT_PORT", "0");
        properties.put("PARLEY_BIND_ADDRESS", "127.0.0.1");
        properties.put("PARLEY_SERVICE_SECRET", first.getRequiredProperty("PARLEY_SERVICE_SECRET"));
        properties.put("PARLEY_ROOM_URL", rooms.url());
        properties.put("parley.rooms.timeout", "20s");
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("another node", properties));
        environment.setActiveProfiles("test");
        var application = new SpringApplication(RealtimeServiceApplication.class);
        application.setEnvironment(environment);
        application.addInitializers(RealtimeTest::useEventLoopsOfItsOwn);
        var node = application.run();
        HealthIndicator log = node.getBean("eventLog", HealthIndicator.class);
        Await.until(Duration.ofSeconds(30), () -> log.health().getStatus().equals(Status.UP));
        return node;
    }

    /** Its end would be the end of the common ones, and of everything else in this JVM that lives on them. */
    private static void useEventLoopsOfItsOwn(ConfigurableApplicationContext context) {
        var loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        context.getBeanFactory().registerSingleton("reactorResourceFactory", loops);
        loops.afterPropertiesSet();
    }

    static int portOf(ConfigurableApplicationContext node) {
        return node.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    // --- as an app's server

    HttpResponse<String> publish(App app, String channel, String data) {
        return publish(port, app, channel, data);
    }

    static HttpResponse<String> publish(int port, App app, String channel, String data) {
        var body = Map.of("name", "happened", "channel", channel, "data", data);
        return call(port, ApiRequests.publish(app, WireJson.mapper().writeValueAsString(body), null));
    }

    HttpResponse<String> call(ApiRequests.Signed signed) {
        return call(port, signed);
    }

    private static HttpResponse<String> call(int port, ApiRequests.Signed signed) {
        URI address = URI.create("http://127.0.0.1:" + port + signed.path());
        return send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(signed.body())));
    }

    // --- as a user of the chat

    PusherClient inRoom(UserId user, RoomId room) {
        PusherClient client = toChat();
        subscribe(client, user, "private-chat." + room);
        return client;
    }

    PusherClient.Heard subscribe(PusherClient client, UserId user, String channel) {
        JsonNode answer = authorization(user, client.socketId(), channel);
        if (answer.path("channel_data").isString()) {
            client.subscribes(
                channel,
                answer.path("auth").stringValue(),
                answer.path("channel_data").stringValue()
            );
        } else {
            client.subscribes(channel, answer.path("auth").stringValue());
        }
        return client.isSubscribedTo(channel);
    }

    JsonNode authorization(UserId user, String socketId, String channel) {
        var answer = post(
            "/broadcasting/auth",
            TestTokens.of(user),
            Map.of("socket_id", socketId, "channel_name", channel)
        );
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return WireJson.mapper().readTree(answer.body());
    }

    HttpResponse<String> post(String path, String token, Map<String, String> form) {
        String body = form
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
        return send(
            to(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
        );
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- as the other services

    void happens(Topic topic, Event event) {
        events
            .publish(
                topic,
                event.key(),
                event.partitionKey(),
                WireJson.mapper().writerFor(familyOf(event)).writeValueAsBytes(event),
                Map.of()
            )
            .block(Duration.ofSeconds(20));
    }

    /** The sealed interface, which is what knows the event's name on the wire. */
    private static Class<?> familyOf(Event event) {
        return event.getClass().getInterfaces()[0];
    }
}
