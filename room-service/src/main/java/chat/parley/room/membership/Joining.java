package chat.parley.room.membership;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.room.Members;
import chat.parley.room.Outbox;
import chat.parley.room.RoomFailure;
import chat.parley.room.Rooms;
import chat.parley.room.Standing;
import chat.parley.room.Users;
import chat.parley.room.audit.AuditLog;
import chat.parley.room.audit.Deed;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Admins add whom they like; into a public room people come by themselves. */
@Component
class Joining {

    private final Rooms rooms;
    private final Members members;
    private final Users users;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Joining(Rooms rooms, Members members, Users users, Outbox outbox, AuditLog audit, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.users = users;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<MemberSnapshot> add(UserId caller, RoomId room, Wanted wanted, @Nullable String socketId) {
        return outbox.commit(
            rooms
                .lock(room, caller)
                .map(Standing::requireVisible)
                .map(standing -> roleFor(standing, caller, wanted))
                .delayUntil(_ -> users.requireAll("user_id", List.of(wanted.user)))
                .flatMap(admission -> admit(admission, wanted.user, socketId))
                .delayUntil(member -> audit.write(Deed.admission(caller, room, member)))
        );
    }

    private static Admission roleFor(Standing standing, UserId caller, Wanted wanted) {
        if (wanted.user.equals(caller)) {
            return new Admission(standing.room(), ownRole(standing, wanted.role));
        }
        standing.requireAdmin();
        if (standing.isDirect()) {
            throw new RoomFailure.DirectRoom();
        }
        return new Admission(standing.room(), wanted.role == null ? Role.MEMBER : wanted.role);
    }

    /** Whoever finds a public room empty takes it over; into any other one comes as a plain member. */
    private static Role ownRole(Standing standing, @Nullable Role wanted) {
        if (standing.isMember()) {
            throw new RoomFailure.AlreadyMember();
        }
        if (standing.room().memberCount() == 0) {
            return Role.ADMIN;
        }
        if (wanted == Role.ADMIN) {
            throw new RoomFailure.NotAnAdmin();
        }
        return Role.MEMBER;
    }

    private Mono<MemberSnapshot> admit(Admission admission, UserId user, @Nullable String socketId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        RoomSnapshot room = admission.room;
        return members
            .add(room.id(), List.of(user), admission.role, now)
            .next()
            .switchIfEmpty(Mono.error(RoomFailure.AlreadyMember::new))
            .delayUntil(member ->
                outbox.append(
                    List.of(
                        new MemberAdded(
                            EventId.random(),
                            now,
                            socketId,
                            room.id(),
                            Members.counted(room, room.memberCount() + 1),
                            member
                        )
                    )
                )
            );
    }

    /**
     * @param role null if the request does not say
     */
    record Wanted(UserId user, @Nullable Role role) {}

    private record Admission(RoomSnapshot room, Role role) {}
}
