package chat.parley.testing.rooms;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.service.security.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ContextClosedEvent;
import reactor.netty.DisposableServer;

/**
 * Room-service's internal API and public keys over real HTTP, about the users and rooms that a test sets up.
 * Safe for use from many threads. It tells nobody on Kafka of what changes: a test that wants that, publishes.
 */
public final class FakeRooms {

    /** What services under test sign their calls with. */
    static final String SERVICE_SECRET = "test-service-secret-0123456789abcdefghijklmnop";

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<UserId, UserSnapshot> users = new ConcurrentHashMap<>();
    private final Map<List<String>, UserId> identities = new ConcurrentHashMap<>();
    private final Map<RoomId, RoomType> rooms = new ConcurrentHashMap<>();
    private final Map<RoomId, Map<UserId, Role>> members = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final DisposableServer server;
    private volatile boolean failing;

    private FakeRooms(Function<FakeRooms, DisposableServer> server) {
        this.server = server.apply(this);
    }

    /** One on a free port of the loopback interface. */
    public static FakeRooms start() {
        return new FakeRooms(rooms -> new FakeRoomsApi(rooms).listen());
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** What leads a service here, as to its room-service. */
    public Map<String, Object> properties() {
        return Map.of(
            "PARLEY_ROOM_URL",
            url(),
            "PARLEY_JWKS_URI",
            url() + TestTokens.JWKS_PATH,
            "PARLEY_SERVICE_SECRET",
            SERVICE_SECRET,
            // A busy build machine is no outage.
            "parley.rooms.timeout",
            "10s"
        );
    }

    /** Ends the server; whoever asks then finds nobody there. */
    public void stop() {
        server.disposeNow(Duration.ofSeconds(5));
    }

    void stopWith(ApplicationEvent event) {
        if (event instanceof ContextClosedEvent) {
            stop();
        }
    }

    /** A new user of this username, whose name is the same with a capital. */
    public UserId user(String username) {
        var id = UserId.random();
        var name = Character.toUpperCase(username.charAt(0)) + username.substring(1);
        users.put(id, new UserSnapshot(id, username, name, null, LONG_AGO));
        return id;
    }

    /** A new room; its first member is its admin. */
    public RoomId room(RoomType type, UserId... people) {
        var id = RoomId.random();
        rooms.put(id, type);
        for (var person : people) {
            join(id, person, membersOf(id).isEmpty() ? Role.ADMIN : Role.MEMBER);
        }
        return id;
    }

    public void join(RoomId room, UserId user, Role role) {
        members.computeIfAbsent(room, _ -> new ConcurrentHashMap<>()).put(user, role);
    }

    public void leave(RoomId room, UserId user) {
        membersOf(room).remove(user);
    }

    public void delete(RoomId room) {
        rooms.remove(room);
        members.remove(room);
    }

    /** From now on every call is answered with 503, or no more. */
    public void fail(boolean failing) {
        this.failing = failing;
    }

    /** How many memberships have been asked for so far. */
    public int lookUps() {
        return lookUps.get();
    }

    boolean failing() {
        return failing;
    }

    Membership membership(RoomId room, UserId user) {
        lookUps.incrementAndGet();
        var role = membersOf(room).get(user);
        return new Membership(room, user, rooms.get(room), role, role == null ? null : users.get(user));
    }

    @Nullable
    UserSnapshot find(UserId user) {
        return users.get(user);
    }

    List<RoomId> roomsOf(UserId user) {
        return members
            .entrySet()
            .stream()
            .filter(room -> room.getValue().containsKey(user))
            .map(Map.Entry::getKey)
            .toList();
    }

    UserId identify(Identity identity) {
        return identities.computeIfAbsent(List.of(identity.issuer(), identity.subject()), person ->
            user(person.getLast())
        );
    }

    List<UserId> acquaintances(UserId user, List<UserId> candidates) {
        return candidates
            .stream()
            .filter(other ->
                roomsOf(user)
                    .stream()
                    .anyMatch(room -> membersOf(room).containsKey(other))
            )
            .toList();
    }

    Map<String, UserId> mentioned(RoomId room, List<String> usernames) {
        return membersOf(room)
            .keySet()
            .stream()
            .map(users::get)
            .filter(
                user -> user != null && (usernames.contains(user.username()) || usernames.contains("all"))
            )
            .collect(Collectors.toMap(UserSnapshot::username, UserSnapshot::id));
    }

    private Map<UserId, Role> membersOf(RoomId room) {
        return members.getOrDefault(room, new ConcurrentHashMap<>());
    }
}
