package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ChannelKind;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.Refusal;
import chat.parley.realtime.channels.socket.Admission;
import chat.parley.realtime.chat.Removals.Removal;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.rooms.RoomsClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The chat's channels are for members of its rooms, each also for their own. A signature alone does not do: it may be
 * from before the user left the room, so membership is looked at once more.
 */
@Component
final class ChatAdmission implements Admission {

    private static final Admitted NOT_YOURS = new Admitted.No(
        Refusal.forbidden("This connection is somebody else's")
    );

    private final Memberships memberships;
    private final RoomsClient rooms;
    private final SocketClaims claims;
    private final Removals removals;

    ChatAdmission(Memberships memberships, RoomsClient rooms, SocketClaims claims, Removals removals) {
        this.memberships = memberships;
        this.rooms = rooms;
        this.claims = claims;
        this.removals = removals;
    }

    @Override
    public AppKind kind() {
        return AppKind.CHAT;
    }

    @Override
    public @Nullable Refusal refusalOf(ChannelName channel) {
        boolean own =
            channel.kind() == ChannelKind.SERVER_TO_USER || ChatChannel.parse(channel.value()).isPresent();
        return own ? null : Refusal.forbidden("There are only the chat's own channels in this app");
    }

    @Override
    public CompletableFuture<Admitted> admit(Socket socket, ChannelName channel, @Nullable String memberId) {
        String known = socket.userId();
        return ChatChannel.parse(channel.value())
            .map(chat -> decide(socket.id(), chat, known, memberId))
            .orElseGet(() -> Mono.just(new Admitted.As(known)))
            .toFuture();
    }

    private Mono<Admitted> decide(
        String socketId,
        ChatChannel channel,
        @Nullable String known,
        @Nullable String memberId
    ) {
        return switch (channel) {
            case ChatChannel.OfUser(UserId user) -> Mono.just(asOnly(user.toString(), known));
            case ChatChannel.OfRoomMembers(RoomId room) -> asOnly(String.valueOf(memberId), known) instanceof
                    Admitted.As(String user) &&
                user != null
                ? asMember(room, user)
                : Mono.just(NOT_YOURS);
            case ChatChannel.OfRoom(RoomId room) -> userOf(socketId, known)
                .flatMap(user -> asMember(room, user))
                .switchIfEmpty(Mono.fromSupplier(ChatAdmission::unclaimed))
                .onErrorResume(DataAccessException.class, _ -> unavailable())
                .onErrorResume(TimeoutException.class, _ -> unavailable());
        };
    }

    private static Admitted asOnly(String user, @Nullable String known) {
        return known == null || known.equals(user) ? new Admitted.As(user) : NOT_YOURS;
    }

    private Mono<String> userOf(String socketId, @Nullable String known) {
        return known != null ? Mono.just(known) : claims.find(socketId).map(UserId::toString);
    }

    private static Admitted unclaimed() {
        return new Admitted.No(Refusal.unauthenticated("Have this channel authorized at /broadcasting/auth"));
    }

    private Mono<Admitted> asMember(RoomId room, String user) {
        return Mono.fromSupplier(() -> UserId.of(user))
            .flatMap(id -> membership(room, id))
            .<Admitted>map(_ -> new Admitted.As(user))
            .onErrorResume(Forbidden.class, _ -> Mono.just(notAMember()))
            .onErrorResume(NotFound.class, _ -> Mono.just(notAMember()))
            .onErrorResume(IllegalArgumentException.class, _ -> Mono.just(notAMember()))
            .onErrorResume(Unavailable.class, _ -> unavailable());
    }

    private Mono<Membership> membership(RoomId room, UserId user) {
        Removal removal = removals.find(room, user);
        return removal == null ? memberships.require(room, user) : membershipSince(removal, room, user);
    }

    /** Whoever was removed a moment ago may be back, of which this node has yet to hear: room-service knows. */
    private Mono<Membership> membershipSince(Removal removal, RoomId room, UserId user) {
        return rooms
            .membership(room, user)
            .filter(Membership::isMember)
            .doOnNext(_ -> removals.isOver(removal, room, user))
            .switchIfEmpty(Mono.error(() -> new Forbidden("They have just left the room.")));
    }

    private static Admitted notAMember() {
        return new Admitted.No(Refusal.forbidden("This is for members of the room"));
    }

    private static Mono<Admitted> unavailable() {
        return Mono.just(new Admitted.No(Refusal.unavailable()));
    }

    @Override
    public boolean stillAdmits(Socket socket, ChannelName channel) {
        RoomId room = ChatChannel.parse(channel.value()).map(ChatChannel::roomId).orElse(null);
        String user = socket.userId();
        return room == null || user == null || removals.find(room, UserId.of(user)) == null;
    }
}
