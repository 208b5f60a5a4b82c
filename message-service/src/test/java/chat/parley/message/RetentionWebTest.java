package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.EventId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.contracts.room.RoomType;
import chat.parley.service.kafka.EventPublisher;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** A room is told to keep messages for a month: what is older is nowhere, and everything else is as it was. */
class RetentionWebTest extends MessageWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EventCodec<RoomEvent> CODEC = EventCodec.of(RoomEvent.class);

    @Autowired
    private EventPublisher kafka;

    @Autowired
    private Store store;

    @Test
    void showsOnlyWhatTheRoomKeeps() {
        var first = posted(anna, "first");
        posted(anna, "second");
        var third = posted(bert, "third");
        posted(bert, "fourth");
        owesNothing();
        backdate(0, 1);

        keepFor(30);

        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(seqs(history(""))).containsExactly(3L, 4L));
        assertThat(history("").get("has_before").asBoolean()).isFalse();
        assertThat(history("?limit=1").get("has_before").asBoolean()).isTrue();
        assertThat(seqs(history("?after=0&limit=1"))).containsExactly(3L);
        assertThat(history("?after=0&limit=1").get("has_after").asBoolean()).isTrue();
        assertThat(seqs(history("?around=1&limit=1"))).containsExactly(3L);
        assertThat(seqs(history("?before=3"))).isEmpty();
        assertThat(history("?before=3").get("has_before").asBoolean()).isFalse();
        var gone = first.get("id").asString();
        assertProblem(get(anna, "/api/chat/messages/{id}", gone), HttpStatus.NOT_FOUND, "not_found");
        assertProblem(
            as(anna).post().uri("/api/chat/messages/{id}/read", gone).exchange(),
            HttpStatus.NOT_FOUND,
            "not_found"
        );
        assertProblem(
            post(anna, room, Map.of("content", "re", "parent_id", gone)),
            HttpStatus.UNPROCESSABLE_CONTENT,
            "validation_failed"
        );
        assertThat(get(anna, "/api/chat/messages/{id}", third.get("id").asString())).satisfies(answer ->
            answer.expectStatus().isOk()
        );
        assertThat(posted(anna, "fifth").get("seq").asLong()).isEqualTo(5);
    }

    private JsonNode history(String query) {
        return json(get(anna, "/api/chat/rooms/" + room + "/messages" + query).expectStatus().isOk());
    }

    private static List<Long> seqs(JsonNode history) {
        return history
            .get("data")
            .valueStream()
            .map(message -> message.get("seq").asLong())
            .toList();
    }

    private void owesNothing() {
        await()
            .atMost(PATIENCE)
            .until(() ->
                store
                    .one(Pages.COLLECTION, pages -> pages.find(Filters.eq(room + "/0")))
                    .map(page -> page.get(PageDocument.OUTBOX, Map.class).isEmpty())
                    .block(PATIENCE)
            );
    }

    /** As if the first messages had been sent in another year. */
    private void backdate(int... places) {
        var changes = new ArrayList<Bson>();
        for (var place : places) {
            changes.add(
                Updates.set("messages." + place + ".at", Date.from(Instant.now().minus(Duration.ofDays(400))))
            );
        }
        changes.add(Updates.inc(PageDocument.VERSION, 100L));
        store
            .one(Pages.COLLECTION, pages ->
                pages.updateOne(Filters.eq(room + "/0"), Updates.combine(changes))
            )
            .block(PATIENCE);
    }

    private void keepFor(int days) {
        var now = Instant.now();
        var snapshot = new RoomSnapshot(
            room,
            "Coffee",
            RoomType.GROUP,
            null,
            null,
            days,
            anna,
            now,
            now,
            2,
            4,
            now
        );
        var event = new RoomUpdated(EventId.random(), now, null, room, snapshot);
        kafka
            .publish(Topic.ROOMS, event.key(), event.partitionKey(), CODEC.write(event), Map.of())
            .block(PATIENCE);
    }
}
