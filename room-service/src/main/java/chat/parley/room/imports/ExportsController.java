package chat.parley.room.imports;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Rooms;
import chat.parley.room.SearchTerms;
import chat.parley.room.Users;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.ValidationFailed;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@code ./parley export} asks; takes service tokens only. */
@RestController
@RequestMapping("/internal/exports")
class ExportsController {

    private static final int MAX_PEOPLE = 500;
    private static final int MAX_NAMESAKES = 20;

    private final DatabaseClient database;

    ExportsController(DatabaseClient database) {
        this.database = database;
    }

    @GetMapping("/rooms/{room}")
    Mono<RoomSnapshot> room(@PathVariable RoomId room) {
        return database
            .sql("SELECT " + Rooms.COLUMNS + " FROM rooms r WHERE r.id = :room")
            .bind("room", room.value())
            .map(Rooms::snapshotOf)
            .one()
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such room.")));
    }

    /** Public rooms of exactly this name; others have no name that would be theirs alone. */
    @GetMapping("/rooms")
    Mono<RoomSnapshots> rooms(@RequestParam String name) {
        return database
            .sql(
                "SELECT " +
                    Rooms.COLUMNS +
                    " FROM rooms r WHERE r.type = 'public' AND r.sort_name = :sort AND r.name = :name" +
                    " ORDER BY r.id LIMIT :most"
            )
            .bind("sort", SearchTerms.sortable(name))
            .bind("name", name)
            .bind("most", MAX_NAMESAKES)
            .map(Rooms::snapshotOf)
            .all()
            .collectList()
            .map(RoomSnapshots::new);
    }

    /** Who these are; nobody for those who are no more. */
    @PostMapping("/people")
    Mono<UserSnapshots> people(@RequestBody UserIds request) {
        if (request.userIds.size() > MAX_PEOPLE) {
            return Mono.error(() ->
                ValidationFailed.of("user_ids", "too_many", "must be at most " + MAX_PEOPLE)
            );
        }
        return database
            .sql("SELECT " + Users.COLUMNS + " FROM users u WHERE u.id = ANY(:ids)")
            .bind("ids", request.userIds.stream().map(UserId::value).toArray(UUID[]::new))
            .map(Users::snapshotOf)
            .all()
            .collectList()
            .map(UserSnapshots::new);
    }

    record UserIds(List<UserId> userIds) {
        UserIds {
            userIds = List.copyOf(userIds);
        }
    }

    record UserSnapshots(List<UserSnapshot> users) {
        UserSnapshots {
            users = List.copyOf(users);
        }
    }

    record RoomSnapshots(List<RoomSnapshot> rooms) {
        RoomSnapshots {
            rooms = List.copyOf(rooms);
        }
    }
}
