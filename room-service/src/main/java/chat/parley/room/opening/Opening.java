package chat.parley.room.opening;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.RoomCreated;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.Members;
import chat.parley.room.Outbox;
import chat.parley.room.RoomView;
import chat.parley.room.Users;
import chat.parley.room.audit.AuditLog;
import chat.parley.room.audit.Deed;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens rooms. Two who talk directly have one room, however often and from whichever side it is opened. */
@Component
class Opening {

    /** How often a conversation may be deleted by one of the two just while the other one opens it. */
    private static final int TRIES = 3;

    private final NewRooms rooms;
    private final Members members;
    private final Users users;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Clock clock;

    Opening(NewRooms rooms, Members members, Users users, Outbox outbox, AuditLog audit, Clock clock) {
        this.rooms = rooms;
        this.members = members;
        this.users = users;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    Mono<Opened> open(UserId creator, NewRoom wanted, @Nullable String socketId) {
        return outbox.commit(
            users
                .requireAll("member_ids", wanted.others())
                .then(
                    Mono.defer(() ->
                        wanted.type() == RoomType.PRIVATE
                            ? openDirect(creator, wanted, socketId)
                            : openCommon(creator, wanted, socketId)
                    )
                )
        );
    }

    private Mono<Opened> openCommon(UserId creator, NewRoom wanted, @Nullable String socketId) {
        return rooms
            .add(wanted, creator, now())
            .flatMap(room -> settle(room, creator, wanted.others(), socketId))
            .delayUntil(found -> audit.write(found.deeds(creator)))
            .flatMap(found -> viewOf(found, creator));
    }

    private Mono<Found> settle(
        RoomSnapshot room,
        UserId creator,
        Set<UserId> others,
        @Nullable String socketId
    ) {
        return members
            .add(room.id(), List.of(creator), Role.ADMIN, room.createdAt())
            .concatWith(members.add(room.id(), others, Role.MEMBER, room.createdAt()))
            .collectList()
            .flatMap(added -> tell(Members.counted(room, added.size()), added, true, socketId));
    }

    private Mono<Opened> openDirect(UserId creator, NewRoom wanted, @Nullable String socketId) {
        UserId other = wanted.others().iterator().next();
        return rooms
            .addDirect(wanted, creator, other, now())
            .map(room -> new Found(room, List.of(), true))
            .switchIfEmpty(
                Mono.defer(() -> rooms.lockDirect(creator, other)).map(room ->
                    new Found(room, List.of(), false)
                )
            )
            .repeatWhenEmpty(TRIES, tries -> tries)
            .flatMap(found -> fill(found, Set.of(creator, other), socketId))
            .delayUntil(found -> audit.write(found.deeds(creator)))
            .flatMap(found -> viewOf(found, creator));
    }

    /** Both are in, also if one of them had left. */
    private Mono<Found> fill(Found found, Set<UserId> pair, @Nullable String socketId) {
        RoomSnapshot room = found.room;
        return members
            .add(room.id(), pair, Role.ADMIN, now())
            .collectList()
            .flatMap(added ->
                tell(Members.counted(room, room.memberCount() + added.size()), added, found.isNew, socketId)
            );
    }

    private Mono<Found> tell(
        RoomSnapshot room,
        List<MemberSnapshot> added,
        boolean isNew,
        @Nullable String socketId
    ) {
        Instant now = now();
        List<RoomEvent> events = new ArrayList<>();
        if (isNew) {
            events.add(new RoomCreated(EventId.random(), now, room.id(), room));
        }
        added.forEach(member ->
            events.add(new MemberAdded(EventId.random(), now, socketId, room.id(), room, member))
        );
        return outbox.append(events).thenReturn(new Found(room, added, isNew));
    }

    private Mono<Opened> viewOf(Found found, UserId user) {
        return members
            .find(found.room.id(), user)
            .map(member -> new Opened(RoomView.of(found.room, member), found.isNew));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Found(RoomSnapshot room, List<MemberSnapshot> added, boolean isNew) {
        List<Deed> deeds(UserId actor) {
            return Deed.opening(actor, room, added, isNew);
        }
    }

    /** A room as its opener sees it. */
    record Opened(RoomView room, boolean isNew) {}
}
