package chat.parley.room.listing;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.room.RoomFailure;
import chat.parley.room.RoomView;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A room by its id. */
@Component
class OneRoom {

    private final DatabaseClient database;

    OneRoom(DatabaseClient database) {
        this.database = database;
    }

    /**
     * @throws RoomFailure.NoSuchRoom (in the Mono) if there is none, or the user may not know of it
     */
    Mono<RoomView> require(RoomId room, UserId user) {
        return database
            .sql(
                """
                SELECT %s
                FROM rooms r LEFT JOIN members m ON m.room_id = r.id AND m.user_id = :user
                WHERE r.id = :room
                """.formatted(RoomView.COLUMNS)
            )
            .bind("room", room.value())
            .bind("user", user.value())
            .map(RoomView::read)
            .one()
            .filter(view -> view.role() != null || view.type() == RoomType.PUBLIC)
            .switchIfEmpty(Mono.error(RoomFailure.NoSuchRoom::new));
    }
}
