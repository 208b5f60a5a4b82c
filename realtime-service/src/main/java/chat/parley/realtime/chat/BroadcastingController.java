package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.NotFound;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.rooms.RoomsClient;
import chat.parley.service.security.Caller;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Authorizes the chat's channels for the sockets of signed-in users, in the form that Pusher's clients ask for it. */
@RestController
@RequestMapping("/broadcasting")
class BroadcastingController {

    private static final Pattern SOCKET_ID = Pattern.compile("\\d{1,20}\\.\\d{1,20}");

    private final App app;
    private final Memberships memberships;
    private final RoomsClient rooms;
    private final SocketClaims claims;

    BroadcastingController(Apps apps, Memberships memberships, RoomsClient rooms, SocketClaims claims) {
        this.app = apps.chat();
        this.memberships = memberships;
        this.rooms = rooms;
        this.claims = claims;
    }

    @PostMapping(path = "/auth", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Authorization> authForm(Caller caller, ServerWebExchange exchange) {
        return exchange
            .getFormData()
            .map(AuthRequest::of)
            .flatMap(request -> authorize(caller, request));
    }

    @PostMapping(path = "/auth", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Authorization> auth(Caller caller, @RequestBody AuthRequest request) {
        return authorize(caller, request);
    }

    @PostMapping(path = "/user-auth", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<UserAuthorization> userAuthForm(Caller caller, ServerWebExchange exchange) {
        return exchange
            .getFormData()
            .map(AuthRequest::of)
            .flatMap(request -> authorizeUser(caller, request));
    }

    @PostMapping(path = "/user-auth", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<UserAuthorization> userAuth(Caller caller, @RequestBody AuthRequest request) {
        return authorizeUser(caller, request);
    }

    private Mono<Authorization> authorize(Caller caller, AuthRequest request) {
        String socket = socketOf(request);
        String channel = request.channelName;
        if (channel == null) {
            throw new MalformedRequest("The request needs a channel_name.");
        }
        ChatChannel chat = ChatChannel.parse(channel).orElseThrow(BroadcastingController::notAllowed);
        return switch (chat) {
            case ChatChannel.OfUser(UserId user) -> user.equals(caller.id())
                ? grant(caller, socket, channel, null)
                : Mono.error(notAllowed());
            case ChatChannel.OfRoom(RoomId room) -> membership(room, caller).flatMap(_ ->
                grant(caller, socket, channel, null)
            );
            case ChatChannel.OfRoomMembers(RoomId room) -> membership(room, caller).flatMap(member ->
                grant(caller, socket, channel, dataOf(member))
            );
        };
    }

    private static String socketOf(AuthRequest request) {
        String socket = request.socketId;
        if (socket == null || !SOCKET_ID.matcher(socket).matches()) {
            throw new MalformedRequest("The request needs the socket_id of a connection.");
        }
        return socket;
    }

    /** Pusher's clients know 403 only; a hidden room gives away nothing by it, for a room that is none gets it too. */
    private Mono<Membership> membership(RoomId room, Caller caller) {
        return memberships.require(room, caller.id()).onErrorMap(NotFound.class, _ -> notAllowed());
    }

    private static Forbidden notAllowed() {
        return new Forbidden("You may not subscribe to this channel.");
    }

    private Mono<Authorization> grant(
        Caller caller,
        String socket,
        String channel,
        @Nullable String channelData
    ) {
        String text = socket + ':' + channel;
        String signed = channelData == null ? text : text + ':' + channelData;
        return claims
            .claim(socket, caller.id())
            .thenReturn(new Authorization(app.authorize(signed), channelData));
    }

    private static String dataOf(Membership member) {
        UserSnapshot user = member.user();
        UserInfo info = user == null
            ? new UserInfo(member.userId(), null, null)
            : new UserInfo(user.id(), user.name(), user.avatar());
        return WireJson.mapper().writeValueAsString(new SignedMember(member.userId(), info));
    }

    private Mono<UserAuthorization> authorizeUser(Caller caller, AuthRequest request) {
        String socket = socketOf(request);
        return rooms
            .user(caller.id())
            .switchIfEmpty(Mono.error(() -> new Forbidden("This user is gone.")))
            .map(user -> signInOf(socket, user));
    }

    private UserAuthorization signInOf(String socket, UserSnapshot user) {
        UserInfo info = new UserInfo(user.id(), user.name(), user.avatar());
        String data = WireJson.mapper().writeValueAsString(new SignedUser(user.id(), info));
        return new UserAuthorization(app.authorize(socket + "::user::" + data), data);
    }

    /** What Pusher's clients send; laravel-echo as a form, most others as JSON. */
    record AuthRequest(@Nullable String socketId, @Nullable String channelName) {
        static AuthRequest of(MultiValueMap<String, String> form) {
            return new AuthRequest(form.getFirst("socket_id"), form.getFirst("channel_name"));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Authorization(String auth, @Nullable String channelData) {}

    record UserAuthorization(String auth, String userData) {}

    private record SignedMember(UserId userId, UserInfo userInfo) {}

    private record SignedUser(UserId id, UserInfo userInfo) {}

    /** Also holds the id: laravel-echo hands nothing but this to its callbacks. */
    private record UserInfo(UserId id, @Nullable String name, @Nullable String avatar) {}
}
