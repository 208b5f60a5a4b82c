package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.EventId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.kafka.EventPublisher;
import com.mongodb.client.model.Filters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;

/** A room ends: nobody gets at what was said in it from then on, and soon it is nowhere any more. */
class DeletionWebTest extends MessageWebTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EventCodec<RoomEvent> CODEC = EventCodec.of(RoomEvent.class);

    @Autowired
    private EventPublisher kafka;

    @Autowired
    private Store store;

    @Autowired
    private DeletedRooms deleted;

    @Test
    void closesARoomAtOnceAndRemovesWhatIsInIt() {
        var picture = MEDIA.upload(anna, MediaStatus.READY);
        var shared = MEDIA.upload(anna, MediaStatus.READY);
        var other = rooms.room(RoomType.GROUP, anna);
        post(anna, other, Map.of("content", "", "attachment_ids", List.of(shared)))
            .expectStatus()
            .isCreated();
        var first = posted(anna, Map.of("content", "first", "client_id", "one"));
        posted(anna, Map.of("content", "", "attachment_ids", List.of(picture, shared)));
        posted(bert, "last words");
        assertThat(MEDIA.roomsOf(shared)).containsExactlyInAnyOrder(room, other);

        rooms.delete(room);
        tell(new RoomDeleted(EventId.random(), Instant.now(), null, room));

        await()
            .atMost(AT_ONCE)
            .untilAsserted(() -> {
                gone("/api/chat/rooms/" + room + "/messages");
                gone("/api/chat/messages/" + first.get("id").asString());
            });
        assertProblem(post(bert, room, Map.of("content", "hello?")), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(
            as(bert).post().uri("/api/chat/messages/{id}/read", first.get("id").asString()).exchange(),
            HttpStatus.NOT_FOUND,
            "not_found"
        );
        assertThat(
            json(get(anna, "/api/chat/messages/latest?room_ids={a},{b}", room, other)).get("data")
        ).hasSize(1);

        letTimeGoBy();
        await()
            .atMost(PATIENCE)
            .until(() -> documentsOfTheRoom() == 0);
        assertThat(MEDIA.roomsOf(picture)).isEmpty();
        assertThat(MEDIA.roomsOf(shared)).containsExactly(other);
        assertThat(json(get(anna, "/api/chat/rooms/{room}/messages", other)).get("data")).hasSize(1);
    }

    /** So much that nothing can be on its way to the room any more. */
    private void letTimeGoBy() {
        await()
            .atMost(PATIENCE)
            .until(() ->
                store
                    .one(DeletedRooms.COLLECTION, all -> all.find(Filters.eq(room.toString())))
                    .hasElement()
                    .block(PATIENCE)
            );
        deleted.goesOn(room).block(PATIENCE);
    }

    private void gone(String path) {
        assertProblem(get(anna, path), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(get(bert, path), HttpStatus.NOT_FOUND, "not_found");
    }

    private long documentsOfTheRoom() {
        var own = new Document("_id", new Document("$regex", "^" + room));
        return Flux.just(Pages.COLLECTION, Claims.COLLECTION, "tails", "deleted_rooms")
            .concatMap(collection -> store.one(collection, all -> all.countDocuments(own)))
            .reduce(0L, Long::sum)
            .block(PATIENCE);
    }

    private void tell(RoomEvent event) {
        kafka
            .publish(Topic.ROOMS, event.key(), event.partitionKey(), CODEC.write(event), Map.of())
            .block(PATIENCE);
    }
}
