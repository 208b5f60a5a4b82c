package chat.parley.bench.suite;

import chat.parley.bench.http.Call;
import chat.parley.bench.http.Connection;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who has an account and is signed in. */
public record Person(String id, String username, String token) {
    public static final String PASSWORD = "correct-horse-battery";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Registers through the gateway. */
    public static Person register(Suite suite, String username) throws IOException {
        String json = JSON.writeValueAsString(
            Map.of("username", username, "name", "Bench " + username, "password", PASSWORD)
        );
        JsonNode session = send(suite.gatewayPort(), Call.post("/api/auth/register", "", json));
        return new Person(
            session.at("/user/id").asString(),
            username,
            session.get("access_token").asString()
        );
    }

    /** The request that signs them in once more. */
    public Call signIn() {
        return Call.post(
            "/api/auth/login",
            "",
            JSON.writeValueAsString(Map.of("username", username, "password", PASSWORD))
        );
    }

    public Call get(String path) {
        return Call.get(path, token);
    }

    public Call post(String path, Object body) {
        return Call.post(path, token, JSON.writeValueAsString(body));
    }

    /** Sends on a connection of its own, for what is not measured. */
    public static JsonNode send(int port, Call call) throws IOException {
        try (Connection connection = new Connection(port)) {
            return JSON.readTree(connection.send(call).require().body());
        }
    }
}
