package chat.parley.room.membership;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
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

/** Admins make admins, and plain members of them again. */
@Component
class Roles {

    private final Rooms rooms;
    private final Members members;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Roles(Rooms rooms, Members members, Outbox outbox, AuditLog audit, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<MemberSnapshot> change(UserId caller, RoomId room, Wanted wanted, @Nullable String socketId) {
        return outbox.commit(
            rooms
                .lock(room, caller)
                .map(Standing::requireAdmin)
                .flatMap(standing ->
                    member(room, wanted.user).map(member -> new Change(caller, standing, member))
                )
                .flatMap(change -> apply(change, wanted.role, socketId))
        );
    }

    private Mono<MemberSnapshot> member(RoomId room, UserId user) {
        return members.find(room, user).switchIfEmpty(Mono.error(RoomFailure.NoSuchMember::new));
    }

    private Mono<MemberSnapshot> apply(Change change, Role role, @Nullable String socketId) {
        MemberSnapshot before = change.member;
        if (before.role() == role) {
            return Mono.just(before);
        }
        if (change.standing.isDirect()) {
            return Mono.error(RoomFailure.DirectRoom::new);
        }
        RoomId room = change.standing.room().id();
        return members
            .requireOtherAdmin(room, before)
            .then(Mono.defer(() -> members.change(room, before.user().id(), role)))
            .then(Mono.defer(() -> member(room, before.user().id())))
            .delayUntil(after -> outbox.append(List.of(event(room, after, socketId))))
            .delayUntil(after -> audit.write(Deed.newRole(change.caller, room, after)));
    }

    private MemberUpdated event(RoomId room, MemberSnapshot member, @Nullable String socketId) {
        return new MemberUpdated(
            EventId.random(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            socketId,
            room,
            member
        );
    }

    record Wanted(UserId user, Role role) {}

    private record Change(UserId caller, Standing standing, MemberSnapshot member) {}
}
