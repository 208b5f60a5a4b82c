package chat.parley.room.membership;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Deletion;
import chat.parley.room.Members;
import chat.parley.room.Outbox;
import chat.parley.room.RoomFailure;
import chat.parley.room.Rooms;
import chat.parley.room.Standing;
import chat.parley.room.audit.AuditLog;
import chat.parley.room.audit.Deed;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** People leave, and admins send people away. */
@Component
class Leaving {

    private final Rooms rooms;
    private final Members members;
    private final Deletion deletion;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Leaving(Rooms rooms, Members members, Deletion deletion, Outbox outbox, AuditLog audit, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.deletion = deletion;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<Void> remove(UserId caller, RoomId room, UserId user, @Nullable String socketId) {
        return outbox.commit(
            rooms
                .lock(room, caller)
                .map(standing -> permit(standing, caller, user))
                .delayUntil(standing -> removeFrom(standing.room(), user, socketId))
                .flatMap(standing -> audit.write(deeds(caller, standing.room(), user)))
        );
    }

    private static List<Deed> deeds(UserId caller, RoomSnapshot room, UserId user) {
        Deed departure = Deed.departure(caller, room.id(), user);
        return endsWithItsLast(room)
            ? List.of(departure, Deed.deletion(caller, room.id()))
            : List.of(departure);
    }

    private static Standing permit(Standing standing, UserId caller, UserId user) {
        if (caller.equals(user)) {
            return standing.requireMember();
        }
        standing.requireAdmin();
        if (standing.isDirect()) {
            throw new RoomFailure.DirectRoom();
        }
        return standing;
    }

    private Mono<Void> removeFrom(RoomSnapshot room, UserId user, @Nullable String socketId) {
        return members
            .find(room.id(), user)
            .switchIfEmpty(Mono.error(RoomFailure.NoSuchMember::new))
            .flatMap(member -> requireOtherAdmin(room, member).thenReturn(member))
            .flatMap(_ ->
                endsWithItsLast(room) ? deletion.delete(room.id(), socketId) : goodbye(room, user, socketId)
            );
    }

    /** Whoever is alone in a room may leave it without one. */
    private Mono<Void> requireOtherAdmin(RoomSnapshot room, MemberSnapshot member) {
        return room.memberCount() == 1 ? Mono.empty() : members.requireOtherAdmin(room.id(), member);
    }

    /** A group that its last member leaves could never be entered again; a public room can, and so can the pair's. */
    private static boolean endsWithItsLast(RoomSnapshot room) {
        return room.memberCount() == 1 && room.type() == RoomType.GROUP;
    }

    private Mono<Void> goodbye(RoomSnapshot room, UserId user, @Nullable String socketId) {
        MemberRemoved event = new MemberRemoved(
            EventId.random(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            socketId,
            room.id(),
            user
        );
        return members.remove(room.id(), user).then(outbox.append(List.of(event)));
    }
}
