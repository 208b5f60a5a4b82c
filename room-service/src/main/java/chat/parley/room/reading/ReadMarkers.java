package chat.parley.room.reading;

import chat.parley.contracts.EventId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomEvent.RoomRead;
import chat.parley.room.Outbox;
import chat.parley.room.Rows;
import chat.parley.room.reading.Activity.Member;
import chat.parley.room.reading.Activity.Newest;
import chat.parley.room.reading.Activity.Read;
import chat.parley.room.reading.Activity.Run;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rooms' last messages and members' read markers. They only ever move on, so nothing is wrong with hearing twice. A
 * batch of whatever length is two statements, which lock their rows in the order of the ids: of two consumers that
 * hear the same, for a moment, one waits for the other, and never both.
 */
@Component
class ReadMarkers {

    private final DatabaseClient database;
    private final Outbox outbox;
    private final Clock clock;

    ReadMarkers(DatabaseClient database, Outbox outbox, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The markers of those whose ids follow that one, in the order of their ids. */
    Mono<List<ReadMarker>> after(UUID user, RoomId room, int rows) {
        return database
            .sql(
                """
                SELECT user_id, last_read_seq, last_read_at FROM members
                WHERE room_id = :room AND user_id > :user
                ORDER BY user_id
                LIMIT :rows
                """
            )
            .bind("room", room.value())
            .bind("user", user)
            .bind("rows", rows)
            .map(row ->
                new ReadMarker(
                    new UserId(Rows.required(row, "user_id", UUID.class)),
                    Rows.number(row, "last_read_seq"),
                    row.get("last_read_at", Instant.class)
                )
            )
            .all()
            .collectList();
    }

    /** Takes what has happened into account, all of it or, on failure, nothing. */
    Mono<Void> advance(Activity activity) {
        if (activity.isEmpty()) {
            return Mono.empty();
        }
        return outbox.commit(
            advanceRooms(activity)
                .then(Mono.defer(() -> advanceMembers(activity)))
                .delayUntil(_ -> passOverImported(activity))
                .flatMap(moved -> outbox.append(events(moved, activity)))
        );
    }

    private Mono<Void> advanceRooms(Activity activity) {
        if (activity.newest().isEmpty()) {
            return Mono.empty();
        }
        Collection<Newest> newest = activity.newest().values();
        return database
            .sql(
                """
                WITH heard AS (
                    SELECT r.id, given.seq, given.at
                    FROM rooms r JOIN unnest(:rooms, :seqs, :times) AS given (id, seq, at) ON given.id = r.id
                    WHERE r.last_seq < given.seq
                    ORDER BY r.id
                    FOR NO KEY UPDATE OF r
                )
                UPDATE rooms r
                SET last_seq = heard.seq, last_message_at = greatest(r.last_message_at, heard.at)
                FROM heard
                WHERE r.id = heard.id AND r.last_seq < heard.seq
                """
            )
            .bind("rooms", activity.newest().keySet().stream().map(RoomId::value).toArray(UUID[]::new))
            .bind("seqs", newest.stream().map(Newest::seq).toArray(Long[]::new))
            .bind("times", newest.stream().map(Newest::at).toArray(Instant[]::new))
            .then();
    }

    private Mono<List<Moved>> advanceMembers(Activity activity) {
        if (activity.read().isEmpty()) {
            return Mono.just(List.of());
        }
        Collection<Member> members = activity.read().keySet();
        Collection<Read> reads = activity.read().values();
        return database
            .sql(
                """
                WITH heard AS (
                    SELECT m.room_id, m.user_id, given.seq, given.at
                    FROM members m JOIN unnest(:rooms, :users, :seqs, :times) AS given (room_id, user_id, seq, at)
                        ON given.room_id = m.room_id AND given.user_id = m.user_id
                    WHERE m.last_read_seq < given.seq
                    ORDER BY m.room_id, m.user_id
                    FOR NO KEY UPDATE OF m
                )
                UPDATE members m
                SET last_read_seq = heard.seq, last_read_at = greatest(m.last_read_at, heard.at)
                FROM heard, rooms r
                WHERE m.room_id = heard.room_id AND m.user_id = heard.user_id AND r.id = m.room_id
                    AND m.last_read_seq < heard.seq
                RETURNING m.room_id, m.user_id, m.last_read_seq, greatest(0, r.last_seq - m.last_read_seq) AS unread
                """
            )
            .bind(
                "rooms",
                members
                    .stream()
                    .map(member -> member.room().value())
                    .toArray(UUID[]::new)
            )
            .bind(
                "users",
                members
                    .stream()
                    .map(member -> member.user().value())
                    .toArray(UUID[]::new)
            )
            .bind("seqs", reads.stream().map(Read::seq).toArray(Long[]::new))
            .bind("times", reads.stream().map(Read::at).toArray(Instant[]::new))
            .map(row ->
                new Moved(
                    new Member(
                        new RoomId(Rows.required(row, "room_id", UUID.class)),
                        new UserId(Rows.required(row, "user_id", UUID.class))
                    ),
                    Rows.number(row, "last_read_seq"),
                    Rows.number(row, "unread")
                )
            )
            .all()
            .collectList();
    }

    /**
     * Who had read all that was before it has read what came from elsewhere too: nobody finds ten thousand old messages
     * unread. Who had not has them behind what they have still to read.
     */
    private Mono<Void> passOverImported(Activity activity) {
        return Flux.fromIterable(activity.rounds()).concatMap(this::passOver).then();
    }

    private Mono<Void> passOver(List<Run> runs) {
        return database
            .sql(
                """
                WITH heard AS (
                    SELECT m.room_id, m.user_id, given.last
                    FROM members m JOIN unnest(:rooms, :firsts, :lasts) AS given (room_id, first, last)
                        ON given.room_id = m.room_id
                    WHERE m.last_read_seq >= given.first - 1 AND m.last_read_seq < given.last
                    ORDER BY m.room_id, m.user_id
                    FOR NO KEY UPDATE OF m
                )
                UPDATE members m
                SET last_read_seq = heard.last
                FROM heard
                WHERE m.room_id = heard.room_id AND m.user_id = heard.user_id AND m.last_read_seq < heard.last
                """
            )
            .bind(
                "rooms",
                runs
                    .stream()
                    .map(run -> run.room().value())
                    .toArray(UUID[]::new)
            )
            .bind("firsts", runs.stream().map(Run::first).toArray(Long[]::new))
            .bind("lasts", runs.stream().map(Run::last).toArray(Long[]::new))
            .then();
    }

    private List<RoomRead> events(List<Moved> moved, Activity activity) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return moved
            .stream()
            .flatMap(move -> event(move, activity.announced(move.member), now))
            .toList();
    }

    private static Stream<RoomRead> event(Moved moved, Optional<Read> announced, Instant now) {
        return announced
            .map(read ->
                new RoomRead(
                    EventId.random(),
                    now,
                    read.socketId(),
                    moved.member.room(),
                    moved.member.user(),
                    moved.seq,
                    moved.unread
                )
            )
            .stream();
    }

    private record Moved(Member member, long seq, long unread) {}
}
