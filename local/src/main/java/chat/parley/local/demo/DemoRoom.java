package chat.parley.local.demo;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Ada and Grace, who share a room in which Ada has said hello. */
public final class DemoRoom {

    /** Of both. */
    public static final String PASSWORD = "correct-horse-battery";

    private static final int CONFLICT = 409;

    private final Api api;

    private DemoRoom(Api api) {
        this.api = api;
    }

    public static DemoRoom at(int gatewayPort) {
        return new DemoRoom(Api.of(URI.create("http://127.0.0.1:" + gatewayPort)));
    }

    /**
     * Makes what is not there yet; whoever has moved in since keeps what they have.
     *
     * @return what the user should know if it did not work out: the suite runs all the same
     */
    public Optional<String> open() {
        try {
            JsonNode ada = signIn("ada", "Ada Lovelace");
            JsonNode grace = signIn("grace", "Grace Hopper");
            Api asAda = api.as(ada.path("access_token").asString());
            if (asAda.get("/api/chat/rooms?limit=1").path("data").isEmpty()) {
                welcome(asAda, grace.path("user").path("id").asString());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The demo users could not be made: " + e.getMessage());
        }
    }

    private JsonNode signIn(String username, String name) throws IOException {
        Map<String, String> account = Map.of("username", username, "name", name, "password", PASSWORD);
        Api.Answer registered = api.post("/api/auth/register", account, CONFLICT);
        return registered.status() == CONFLICT
            ? api.post("/api/auth/login", account).body()
            : registered.body();
    }

    private static void welcome(Api ada, String grace) throws IOException {
        Map<String, Object> general = Map.of(
            "name",
            "general",
            "type",
            "public",
            "topic",
            "Everything and everyone",
            "member_ids",
            List.of(grace)
        );
        String room = ada.post("/api/chat/rooms", general).body().path("id").asString();
        ada.post(
            "/api/chat/rooms/" + room + "/messages",
            Map.of("content", "Hello, and welcome to Parley!", "client_id", "demo-hello")
        );
    }
}
