package chat.parley.room.imports;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
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
import chat.parley.room.Rooms;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Users;
import chat.parley.room.audit.AuditLog;
import chat.parley.room.audit.Deed;
import chat.parley.service.problem.ValidationFailed;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Rooms for those of another chat, and their members. Everybody is told and everything is written down as if the one
 * who answers for the import had done it by hand.
 */
@Component
class ImportedRooms {

    private final DatabaseClient database;
    private final Rooms rooms;
    private final Members members;
    private final Users users;
    private final Outbox outbox;
    private final AuditLog audit;
    private final ImportTurn turn;
    private final Clock clock;

    ImportedRooms(
        DatabaseClient database,
        Rooms rooms,
        Members members,
        Users users,
        Outbox outbox,
        AuditLog audit,
        ImportTurn turn,
        Clock clock
    ) {
        this.database = database;
        this.rooms = rooms;
        this.members = members;
        this.users = users;
        this.outbox = outbox;
        this.audit = audit;
        this.turn = turn;
        this.clock = clock;
    }

    /**
     * What the room is here; made if it is not there yet.
     *
     * @throws ValidationFailed (in the Mono) if one of those it names is no user
     */
    Mono<ImportedRoom> settle(String source, ForeignRoom wanted) {
        return actor(wanted).flatMap(actor ->
            outbox.commit(
                turn
                    .take()
                    .then(Mono.defer(() -> find(source, wanted)))
                    .switchIfEmpty(Mono.defer(() -> add(source, wanted, actor)))
                    .map(room -> new ImportedRoom(room, actor))
            )
        );
    }

    private Mono<UserId> actor(ForeignRoom wanted) {
        return database
            .sql("SELECT id FROM users WHERE username = :username")
            .bind("username", wanted.actor())
            .map(row -> new UserId(Rows.required(row, "id", UUID.class)))
            .one()
            .switchIfEmpty(
                Mono.error(() ->
                    ValidationFailed.of("actor", "unknown_user", wanted.actor() + " is no user here")
                )
            );
    }

    private Mono<RoomId> find(String source, ForeignRoom wanted) {
        return database
            .sql("SELECT room_id FROM imported_rooms WHERE source = :source AND external_id = :room")
            .bind("source", source)
            .bind("room", wanted.externalId())
            .map(row -> new RoomId(Rows.required(row, "room_id", UUID.class)))
            .one();
    }

    private Mono<RoomId> add(String source, ForeignRoom wanted, UserId actor) {
        Set<UserId> admins = wanted.admins().isEmpty() ? Set.of(actor) : wanted.admins();
        return users
            .requireAll("admin_ids", admins)
            .then(Mono.defer(() -> insert(wanted, actor, admins)))
            .flatMap(room -> open(room, actor, admins))
            .switchIfEmpty(Mono.defer(() -> conversationOf(admins)))
            .delayUntil(room -> note(source, wanted, room));
    }

    private Mono<Void> note(String source, ForeignRoom wanted, RoomId room) {
        return database
            .sql("INSERT INTO imported_rooms (source, external_id, room_id) VALUES (:source, :room, :id)")
            .bind("source", source)
            .bind("room", wanted.externalId())
            .bind("id", room.value())
            .then();
    }

    /** Empty if it is a conversation of two who have theirs already. */
    private Mono<RoomSnapshot> insert(ForeignRoom wanted, UserId actor, Set<UserId> admins) {
        boolean isDirect = wanted.type() == RoomType.PRIVATE;
        Instant now = now();
        Instant asked = wanted.createdAt();
        Instant createdAt = asked == null || asked.isAfter(now) ? now : asked.truncatedTo(ChronoUnit.MILLIS);
        GenericExecuteSpec statement = database
            .sql(
                """
                INSERT INTO rooms AS r (
                    id, type, name, topic, created_by, created_at, updated_at, pair_low, pair_high, search, sort_name
                )
                SELECT :id, :type, :name, :topic, :creator, :created, :now,
                    CASE WHEN :direct THEN least(:one, :other) END, CASE WHEN :direct THEN greatest(:one, :other) END,
                    array_to_tsvector(:search), :sort
                ON CONFLICT (pair_low, pair_high) WHERE pair_low IS NOT NULL DO NOTHING
                RETURNING %s
                """.formatted(Rooms.COLUMNS)
            )
            .bind("id", RoomId.random().value())
            .bind("type", wire(wanted.type()))
            .bind("creator", isDirect ? one(admins) : actor.value())
            .bind("created", createdAt)
            .bind("now", now)
            .bind("direct", isDirect)
            .bind("one", one(admins))
            .bind("other", other(admins))
            .bind("search", SearchTerms.of(isDirect ? "" : wanted.name()))
            .bind("sort", SearchTerms.sortable(isDirect ? "" : wanted.name()));
        statement = Rows.bind(statement, "name", isDirect ? null : wanted.name(), String.class);
        statement = Rows.bind(statement, "topic", wanted.topic(), String.class);
        return statement.map(Rooms::snapshotOf).one();
    }

    private static String wire(RoomType type) {
        return switch (type) {
            case PRIVATE -> "private";
            case GROUP -> "group";
            case PUBLIC -> "public";
        };
    }

    private static UUID one(Set<UserId> admins) {
        return admins.iterator().next().value();
    }

    private static UUID other(Set<UserId> admins) {
        return admins.stream().skip(admins.size() - 1L).findFirst().orElseThrow().value();
    }

    private Mono<RoomId> open(RoomSnapshot room, UserId actor, Set<UserId> admins) {
        return members
            .add(room.id(), admins, Role.ADMIN, now())
            .collectList()
            .delayUntil(added -> outbox.append(opening(room, added)))
            .delayUntil(added -> audit.write(Deed.opening(actor, room, added, true)))
            .thenReturn(room.id());
    }

    private List<RoomEvent> opening(RoomSnapshot room, List<MemberSnapshot> added) {
        RoomSnapshot filled = Members.counted(room, added.size());
        List<RoomEvent> events = new ArrayList<>();
        events.add(new RoomCreated(EventId.random(), now(), room.id(), filled));
        events.addAll(admissions(filled, added));
        return events;
    }

    private List<MemberAdded> admissions(RoomSnapshot room, List<MemberSnapshot> added) {
        Instant now = now();
        return added
            .stream()
            .map(member -> new MemberAdded(EventId.random(), now, null, room.id(), room, member))
            .toList();
    }

    private Mono<RoomId> conversationOf(Set<UserId> pair) {
        return database
            .sql(
                "SELECT id FROM rooms WHERE pair_low = least(:one::uuid, :other::uuid)" +
                    " AND pair_high = greatest(:one::uuid, :other::uuid)"
            )
            .bind("one", one(pair))
            .bind("other", other(pair))
            .map(row -> new RoomId(Rows.required(row, "id", UUID.class)))
            .one();
    }

    /** Those who are in it already stay as they are. */
    Mono<Integer> admit(RoomId room, UserId actor, Collection<UserId> people) {
        return outbox.commit(
            rooms
                .lock(room, actor)
                .flatMap(standing ->
                    users
                        .requireAll("user_ids", people)
                        .then(Mono.defer(() -> admit(standing.room(), actor, people)))
                )
        );
    }

    private Mono<Integer> admit(RoomSnapshot room, UserId actor, Collection<UserId> people) {
        return members
            .add(room.id(), people, Role.MEMBER, now())
            .collectList()
            .delayUntil(added ->
                outbox.append(admissions(Members.counted(room, room.memberCount() + added.size()), added))
            )
            .delayUntil(added ->
                audit.write(
                    added
                        .stream()
                        .map(member -> Deed.admission(actor, room.id(), member))
                        .toList()
                )
            )
            .map(List::size);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What a room of another chat is here, and who answers for it. */
    record ImportedRoom(RoomId roomId, UserId actorId) {}
}
