package chat.parley.system;

import static java.util.stream.Collectors.toList;

import chat.parley.system.Api.Answer;
import chat.parley.system.Inbox.Sighting;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Somebody with an account and a device, who does and notices what people at a chat client do and notice. */
final class Person implements AutoCloseable {

    static final String PASSWORD = "correct-horse-battery";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicLong COUNT = new AtomicLong(System.currentTimeMillis());
    private static final int PAGE = 100;

    private final Api api;
    private final String name;
    private final JsonNode session;
    private PusherSocket device;

    private Person(Api api, String name, JsonNode session) {
        this.api = api;
        this.name = name;
        this.session = session;
    }

    /** Creates an account by this name. */
    static Person signUp(Parley parley, String name) {
        Api api = new Api(parley.url());
        String username = name.toLowerCase(Locale.ROOT) + "." + Long.toString(COUNT.incrementAndGet(), 36);
        JsonNode session = api
            .json(
                "POST",
                "/api/auth/register",
                null,
                Map.of("username", username, "name", name, "password", PASSWORD)
            )
            .require(201);
        return new Person(api, name, session);
    }

    String id() {
        return session.path("user").path("id").asString();
    }

    String username() {
        return session.path("user").path("username").asString();
    }

    Address address() {
        return api.address();
    }

    String token() {
        return session.path("access_token").asString();
    }

    String refreshToken() {
        return session.path("refresh_token").asString();
    }

    /** Once more, from where they are. */
    Answer signsIn() {
        return Call.post("/api/auth/login", Map.of("username", username(), "password", PASSWORD)).to(api);
    }

    // --- rooms

    Room creates(String roomName, Person... people) {
        return creates("group", roomName, people);
    }

    Room creates(String type, String roomName, Person... people) {
        List<String> ids = Arrays.stream(people).map(Person::id).collect(toList());
        JsonNode room = post(
            "/api/chat/rooms",
            Map.of("name", roomName, "type", type, "member_ids", ids)
        ).require(201);
        return new Room(room.path("id").asString(), roomName);
    }

    void adds(Person person, Room room) {
        post(room.path() + "/members", Map.of("user_id", person.id())).require(201);
    }

    /** Takes somebody out of the room, themselves perhaps. */
    void removes(Person person, Room room) {
        api.call("DELETE", room.path() + "/members/" + person.id(), token()).require(204);
    }

    /** Their rooms as the side of a client lists them. */
    List<JsonNode> rooms() {
        return list(get("/api/chat/rooms?limit=" + PAGE).require(200).path("data"));
    }

    // --- talking

    JsonNode posts(String content, Room room) {
        return post(room.path() + "/messages", Map.of("content", content)).require(201);
    }

    JsonNode replies(String content, JsonNode parent, Room room) {
        return post(
            room.path() + "/messages",
            Map.of("content", content, "parent_id", parent.path("id").asString())
        ).require(201);
    }

    /** Posts as a client does that is not sure whether it has: the same {@code client_id} again. */
    Answer tries(String content, String clientId, Room room) {
        return post(room.path() + "/messages", Map.of("content", content, "client_id", clientId));
    }

    JsonNode edits(JsonNode message, String content) {
        return api.json("PUT", pathOf(message), token(), Map.of("content", content)).require(200);
    }

    void deletes(JsonNode message) {
        api.call("DELETE", pathOf(message), token()).require(204);
    }

    JsonNode reacts(String type, JsonNode message) {
        return post(pathOf(message) + "/reactions", Map.of("reaction_type", type)).require(200);
    }

    JsonNode takesBack(String type, JsonNode message) {
        String path = pathOf(message) + "/reactions/" + URLEncoder.encode(type, StandardCharsets.UTF_8);
        return api.call("DELETE", path, token()).require(200);
    }

    private static String pathOf(JsonNode message) {
        return "/api/chat/messages/" + message.path("id").asString();
    }

    List<JsonNode> history(Room room) {
        List<JsonNode> messages = new ArrayList<>();
        JsonNode page;
        do {
            long last = messages.isEmpty() ? 0 : messages.getLast().path("seq").asLong();
            page = get(room.path() + "/messages?after=" + last + "&limit=" + PAGE).require(200);
            messages.addAll(list(page.path("data")));
        } while (page.path("has_after").asBoolean());
        return messages;
    }

    /** What a search finds, the latest first. */
    List<String> finds(String words, String... filters) {
        return found(words, filters)
            .stream()
            .map(message -> message.path("content").asString())
            .toList();
    }

    /** @param filters such as {@code room_id=…} */
    List<JsonNode> found(String words, String... filters) {
        String query = Stream.concat(
            Stream.of("q=" + URLEncoder.encode(words, StandardCharsets.UTF_8)),
            Arrays.stream(filters)
        ).collect(Collectors.joining("&"));
        return list(get("/api/chat/search?" + query).require(200).path("data"))
            .stream()
            .map(found -> found.path("message"))
            .toList();
    }

    void types(Room room) {
        post(room.path() + "/typing", Map.of("typing", true)).require(204);
    }

    /** As pages do it, over the socket. */
    void whispersTyping(Room room, boolean typing) {
        device().whisper(room.channel(), "client-typing", Map.of("typing", typing));
    }

    JsonNode uploads(String fileName, String type, byte[] bytes) {
        String boundary = UUID.randomUUID().toString();
        String head =
            "--" +
            boundary +
            "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
            fileName +
            "\"\r\nContent-Type: " +
            type +
            "\r\n\r\n";
        List<byte[]> parts = List.of(
            head.getBytes(StandardCharsets.UTF_8),
            bytes,
            ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII)
        );
        return api
            .call(
                "POST",
                "/api/chat/upload",
                token(),
                "multipart/form-data; boundary=" + boundary,
                BodyPublishers.ofByteArrays(parts)
            )
            .require(201);
    }

    JsonNode shares(JsonNode media, String content, Room room) {
        return post(
            room.path() + "/messages",
            Map.of("content", content, "attachment_ids", List.of(media.path("id").asString()))
        ).require(201);
    }

    // --- noticing

    /** Looks at the room: from now on this device hears what happens there. */
    void opens(Room room) {
        subscribes(room.channel()).within(PATIENCE);
    }

    /** Asks to join a channel, and expects the answer of the server. */
    Sighting<Frame> subscribes(String channel) {
        JsonNode signature = mayJoin(channel).require(200);
        Map<String, Object> data = new HashMap<>(
            Map.of("channel", channel, "auth", signature.path("auth").asString())
        );
        if (signature.has("channel_data")) {
            data.put("channel_data", signature.path("channel_data").asString());
        }
        device().send("pusher:subscribe", data);
        return device()
            .frames()
            .expects(
                "a subscription of " + channel,
                frame ->
                    frame.event().equals("pusher_internal:subscription_succeeded") &&
                    frame.channel().equals(channel)
            );
    }

    /** Asks for the signature that joining takes. */
    Answer mayJoin(String channel) {
        String form =
            "socket_id=" +
            URLEncoder.encode(device().id(), StandardCharsets.UTF_8) +
            "&channel_name=" +
            URLEncoder.encode(channel, StandardCharsets.UTF_8);
        return api.call(
            "POST",
            "/broadcasting/auth",
            token(),
            "application/x-www-form-urlencoded",
            BodyPublishers.ofString(form)
        );
    }

    Sighting<Frame> receives(String content) {
        return hears("message.sent", "the message " + content, data ->
            data.path("message").path("content").asString().equals(content)
        );
    }

    Sighting<Frame> hears(String event, Person about) {
        return hears(event, event + " of " + about, data ->
            data.path("user_id").asString().equals(about.id())
        );
    }

    Sighting<Frame> hears(String event, String what, Predicate<JsonNode> wanted) {
        return device()
            .frames()
            .expects(what, frame -> frame.event().equals(event) && wanted.test(frame.data()));
    }

    List<Frame> heard() {
        return device().frames().all();
    }

    /** How the others appear to this person. */
    JsonNode presenceOf(Person other) {
        return get("/api/chat/presence?user_ids=" + other.id()).require(200).path("data");
    }

    /** The device is switched off; the next look at a room takes another one. */
    void goes() {
        if (device != null) {
            device.close();
            device = null;
        }
    }

    PusherSocket device() {
        if (device == null) {
            device = PusherSocket.open(api.url(), api.address());
        }
        return device;
    }

    // --- plain calls

    Answer get(String path) {
        return api.call("GET", path, token());
    }

    /** A call in the name of a device that wants no echo of it. */
    Answer calls(String method, String path, String socket, Map<String, ?> body) {
        return api.once(
            api
                .request(path, token())
                .header("X-Socket-Id", socket)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Api.JSON.writeValueAsString(body)))
        );
    }

    Answer post(String path, Map<String, ?> body) {
        return api.json("POST", path, token(), body);
    }

    private static List<JsonNode> list(JsonNode array) {
        return array.valueStream().toList();
    }

    @Override
    public void close() {
        goes();
    }

    @Override
    public String toString() {
        return name;
    }
}
