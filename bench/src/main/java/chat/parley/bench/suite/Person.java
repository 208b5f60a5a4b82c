package chat.parley.bench.suite;

import chat.parley.bench.http.Call;
import chat.parley.bench.http.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    /** So many, called by the prefix and a number from 0. */
    public static List<Person> registerAll(Suite suite, String prefix, int number) throws IOException {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            people.add(register(suite, prefix + i));
        }
        return people;
    }

    /** Opens a group room and returns its id. */
    public String opensRoom(Suite suite, String name, List<Person> others) throws IOException {
        Map<String, Object> room = Map.of(
            "type",
            "group",
            "name",
            name,
            "member_ids",
            others.stream().map(Person::id).toList()
        );
        return send(suite.gatewayPort(), post("/api/chat/rooms", room)).get("id").asString();
    }

    /** A message that no other one can be taken for. */
    public Call message(String room, String content) {
        Map<String, String> message = Map.of("content", content, "client_id", UUID.randomUUID().toString());
        return post("/api/chat/rooms/" + room + "/messages", message);
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
