package chat.parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.service.security.ServiceTokens;
import chat.parley.testing.rooms.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;
import tools.jackson.databind.JsonNode;

/** Uploads end with the last room that has them. */
@MediaTest
class LinkingJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BUCKET = "parley-media";

    private final Client ada;
    private final S3AsyncClient s3;
    private final ServiceTokens tokens;
    private final MediaFiles files;
    private final ReactiveMongoTemplate mongo;
    private final RoomId room = RoomId.random();
    private final RoomId other = RoomId.random();

    LinkingJourneyIT(
        @LocalServerPort int port,
        S3AsyncClient s3,
        ServiceTokens tokens,
        MediaFiles files,
        ReactiveMongoTemplate mongo
    ) {
        this.ada = new Client(port);
        this.s3 = s3;
        this.tokens = tokens;
        this.files = files;
        this.mongo = mongo;
    }

    @Test
    void removesAFileWithItsOnlyRoom() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        assertThat(link(room, ada.user, id)).containsExactly(id.toString());

        unlink(room, id);

        assertGone(media);
        unlink(room, id);
        assertThat(link(other, ada.user, id)).isEmpty();
    }

    @Test
    void keepsAFileAsLongAsAnyRoomHasIt() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        link(room, ada.user, id);
        link(room, ada.user, id);
        link(other, ada.user, id);

        unlink(room, id);
        unlink(room, id);

        assertStands(media);
        unlink(other, id);
        assertGone(media);
    }

    @Test
    void linksOnlyWhatIsTheOwnersAndThere() {
        MediaId id = idOf(ada.uploads("a.txt", Client.bytes("hello")));

        assertThat(link(room, UserId.random(), id)).isEmpty();
        assertThat(link(room, ada.user, MediaId.random(), id)).containsExactly(id.toString());
    }

    @Test
    void leavesWhatWasNeverLinked() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));

        unlink(room, idOf(media));

        assertStands(media);
    }

    @Test
    void keepsAFileThatWasSentToTheRoomAgainAfterTheTimeThatCounts() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        link(room, ada.user, id);
        Instant between = laterThanAnythingYet();
        link(room, ada.user, id);

        unlinkUnlessSentAfter(between, room, id);
        assertStands(media);

        unlinkUnlessSentAfter(laterThanAnythingYet(), room, id);
        assertGone(media);
    }

    @Test
    void takesAFileForOldWhoseLinkHasNoTime() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        link(room, ada.user, id);
        var byId = Query.query(Criteria.where("_id").is(id.toString()));
        mongo.updateFirst(byId, new Update().unset("linked"), "media_files").block(PATIENCE);

        unlinkUnlessSentAfter(Instant.EPOCH, room, id);

        assertGone(media);
    }

    /** The store keeps milliseconds: the next one is awaited, so that what follows is later in any case. */
    private static Instant laterThanAnythingYet() {
        Instant now = Instant.now().plusMillis(1);
        await().until(() -> Instant.now().isAfter(now.plusMillis(1)));
        return now;
    }

    @Test
    void endsARemovalThatWasInterrupted() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        link(room, ada.user, id);
        // As a crash leaves it that comes before the bytes are gone.
        assertThat(files.release(id, room).block(PATIENCE)).isTrue();
        assertThat(ada.get("/api/chat/media/" + id).statusCode()).isEqualTo(404);
        assertThat(link(other, ada.user, id)).isEmpty();

        unlink(room, id);

        assertGone(media);
    }

    /** Somebody sends it to another room just when its only room ends. */
    @RepeatedTest(15)
    void eitherLinksAFileOrRemovesItAndNeverBoth() {
        JsonNode media = ada.uploads("a.txt", Client.bytes("hello"));
        MediaId id = idOf(media);
        link(room, ada.user, id);

        var both = Mono.zip(
            Mono.fromCallable(() -> link(other, ada.user, id)).subscribeOn(Schedulers.boundedElastic()),
            Mono.fromCallable(() -> unlink(room, id)).subscribeOn(Schedulers.boundedElastic())
        ).block(PATIENCE);

        if (both.getT1().isEmpty()) {
            assertGone(media);
        } else {
            assertStands(media);
            unlink(other, id);
            assertGone(media);
        }
    }

    @Test
    void listensToServicesOnly() {
        String body = body(Map.of("ids", List.of(), "room_id", room));

        for (String path : List.of("link", "unlink")) {
            HttpResponse<byte[]> answer = ada.send(
                ada
                    .request("/internal/media/" + path)
                    .header("Authorization", "Bearer " + TestTokens.of(ada.user))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
            );
            assertThat(answer.statusCode()).isIn(401, 403);
        }
    }

    private void assertStands(JsonNode media) {
        assertThat(ada.get("/api/chat/media/" + idOf(media)).statusCode()).isEqualTo(200);
        assertThat(bytesOf(media).statusCode()).isEqualTo(200);
    }

    private void assertGone(JsonNode media) {
        assertThat(ada.get("/api/chat/media/" + idOf(media)).statusCode()).isEqualTo(404);
        assertThat(bytesOf(media).statusCode()).isEqualTo(404);
        assertThat(objects()).noneMatch(key -> key.startsWith(idOf(media).toString()));
    }

    private HttpResponse<byte[]> bytesOf(JsonNode media) {
        return ada.send(ada.request(media.get("url").stringValue()));
    }

    private List<String> objects() {
        return s3
            .listObjectsV2(list -> list.bucket(BUCKET))
            .join()
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    }

    private List<String> link(RoomId to, UserId owner, MediaId... ids) {
        HttpResponse<byte[]> answer = post(
            "/internal/media/link",
            Map.of("ids", List.of(ids), "owner_id", owner, "room_id", to)
        );
        assertThat(answer.statusCode()).as(Client.text(answer)).isEqualTo(200);
        return Client.json(answer)
            .get("data")
            .valueStream()
            .map(media -> media.get("id").stringValue())
            .toList();
    }

    private boolean unlink(RoomId from, MediaId... ids) {
        HttpResponse<byte[]> answer = post(
            "/internal/media/unlink",
            Map.of("ids", List.of(ids), "room_id", from)
        );
        assertThat(answer.statusCode()).as(Client.text(answer)).isEqualTo(204);
        return true;
    }

    private void unlinkUnlessSentAfter(Instant time, RoomId from, MediaId... ids) {
        HttpResponse<byte[]> answer = post(
            "/internal/media/unlink",
            Map.of("ids", List.of(ids), "room_id", from, "unless_sent_after", time)
        );
        assertThat(answer.statusCode()).as(Client.text(answer)).isEqualTo(204);
    }

    private HttpResponse<byte[]> post(String path, Map<String, ?> body) {
        return ada.send(
            ada
                .request(path)
                .header("Authorization", "Bearer " + tokens.current())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(body)))
        );
    }

    private static String body(Map<String, ?> body) {
        return WireJson.mapper().writeValueAsString(body);
    }

    private static MediaId idOf(JsonNode media) {
        return MediaId.of(media.get("id").stringValue());
    }
}
