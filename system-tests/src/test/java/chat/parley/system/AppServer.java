package chat.parley.system;

import chat.parley.system.NodeClients.Outcome;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The server of an app, by Pusher's library for Node. */
final class AppServer {

    private final Stage stage;
    private final Place place;
    private final TestedApp app;

    AppServer(Stage stage, Place place, TestedApp app) {
        this.stage = stage;
        this.place = place;
        this.app = app;
    }

    /** The same server, whose calls go to the node there. */
    AppServer at(Place other) {
        return new AppServer(stage, other, app);
    }

    void triggers(String channel, String event, Object data) {
        triggers(List.of(channel), event, data, Map.of());
    }

    /** @param params {@code socket_id} and {@code info} */
    JsonNode triggers(List<String> channels, String event, Object data, Map<String, String> params) {
        return calls("trigger", channels, event, data, params).require().path("body");
    }

    /** @param events each with {@code channel}, {@code name}, {@code data} and perhaps {@code info} */
    JsonNode triggersBatch(List<Map<String, ?>> events) {
        return calls("triggerBatch", events).require().path("body");
    }

    void sendsToUser(String user, String event, Object data) {
        calls("sendToUser", user, event, data).require();
    }

    void terminates(String user) {
        calls("terminateUserConnections", user).require();
    }

    JsonNode gets(String path, Map<String, ?> params) {
        return calls("get", Map.of("path", path, "params", params)).require().path("body");
    }

    /** Any method of the library. */
    Outcome calls(String method, Object... args) {
        return calls(0, method, args);
    }

    /** @param late how many seconds its clock is behind */
    Outcome calls(int late, String method, Object... args) {
        stage.direct(place);
        return stage
            .node()
            .call(
                "server",
                "server",
                Map.of(
                    "url",
                    stage.url().toString(),
                    "app",
                    app,
                    "method",
                    method,
                    "args",
                    List.of(args),
                    "late",
                    late
                )
            );
    }
}
