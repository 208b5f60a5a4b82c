package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.media.MediaMetadata;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.contracts.media.MediaStatus;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** media-service's internal API over real HTTP, about the uploads that a test sets up. */
public final class FakeMedia {

    private final Map<MediaId, UserId> owners = new ConcurrentHashMap<>();
    private final Map<MediaId, MediaSnapshot> uploads = new ConcurrentHashMap<>();
    private final Map<MediaId, Set<RoomId>> rooms = new ConcurrentHashMap<>();
    private final Map<MediaId, MediaStatus> later = new ConcurrentHashMap<>();
    private final Map<MediaId, Instant> linked = new ConcurrentHashMap<>();
    private final AtomicInteger signatures = new AtomicInteger();
    private final DisposableServer server = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .route(routes ->
            routes
                .post("/internal/media/lookup", this::lookUp)
                .post("/internal/media/link", this::link)
                .post("/internal/media/unlink", this::unlink)
        )
        .bindNow();
    private volatile boolean failing;

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public MediaId upload(UserId owner, MediaStatus status) {
        return upload(owner, status, "a.png");
    }

    public MediaId upload(UserId owner, MediaStatus status, String name) {
        var id = MediaId.random();
        owners.put(id, owner);
        uploads.put(id, new MediaSnapshot(id, "/a", "/a", name, "image/png", 5, status, MediaMetadata.NONE));
        return id;
    }

    public void becomes(MediaId id, MediaStatus status) {
        uploads.computeIfPresent(id, (_, known) -> with(known, status));
    }

    /** What becomes of it right after a message has been written that carries it. */
    public void becomesAfterLinking(MediaId id, MediaStatus status) {
        later.put(id, status);
    }

    /** The upload as events show it. */
    public MediaSnapshot now(MediaId id) {
        return signed(uploads.get(id));
    }

    private static MediaSnapshot with(MediaSnapshot known, MediaStatus status) {
        return new MediaSnapshot(
            known.id(),
            known.url(),
            known.fileUrl(),
            known.name(),
            known.fileType(),
            known.fileSize(),
            status,
            known.metadata()
        );
    }

    public void fail(boolean failing) {
        this.failing = failing;
    }

    public void isIn(MediaId id, RoomId... all) {
        rooms.computeIfAbsent(id, _ -> ConcurrentHashMap.newKeySet()).addAll(List.of(all));
    }

    /** The rooms that have the upload now. */
    public Set<RoomId> roomsOf(MediaId id) {
        return Set.copyOf(rooms.getOrDefault(id, Set.of()));
    }

    /** When it was sent to its room last. */
    public void linkedAt(MediaId id, Instant time) {
        linked.put(id, time);
    }

    private boolean isSentAfter(@Nullable Instant time, MediaId id) {
        var last = linked.get(id);
        return time != null && last != null && last.isAfter(time);
    }

    private Publisher<Void> lookUp(HttpServerRequest request, HttpServerResponse response) {
        return answer(request, response, body -> {
            var lookup = WireJson.mapper().readValue(body, MediaClient.Lookup.class);
            return new MediaClient.Found(find(lookup.ids(), lookup.ownerId()));
        });
    }

    private Publisher<Void> link(HttpServerRequest request, HttpServerResponse response) {
        return answer(request, response, body -> {
            var link = WireJson.mapper().readValue(body, MediaClient.Link.class);
            var found = find(link.ids(), link.ownerId());
            link
                .ids()
                .forEach(id -> {
                    var next = later.remove(id);
                    if (next != null) {
                        becomes(id, next);
                    }
                });
            found.forEach(media ->
                rooms.computeIfAbsent(media.id(), _ -> ConcurrentHashMap.newKeySet()).add(link.roomId())
            );
            return new MediaClient.Found(found);
        });
    }

    private Publisher<Void> unlink(HttpServerRequest request, HttpServerResponse response) {
        return answer(request, response, body -> {
            var unlink = WireJson.mapper().readValue(body, MediaClient.Unlink.class);
            unlink
                .ids()
                .stream()
                .filter(id -> !isSentAfter(unlink.unlessSentAfter(), id))
                .forEach(id -> rooms.getOrDefault(id, new HashSet<>()).remove(unlink.roomId()));
            return Map.of();
        });
    }

    private Publisher<Void> answer(
        HttpServerRequest request,
        HttpServerResponse response,
        Function<String, Object> answer
    ) {
        if (failing) {
            return response.status(HttpResponseStatus.SERVICE_UNAVAILABLE).send();
        }
        return request
            .receive()
            .aggregate()
            .asString()
            .map(answer)
            .flatMap(found ->
                response
                    .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .sendString(Mono.just(WireJson.mapper().writeValueAsString(found)))
                    .then()
            );
    }

    private List<MediaSnapshot> find(List<MediaId> ids, UserId owner) {
        return ids
            .stream()
            .filter(id -> owner.equals(owners.get(id)))
            .map(uploads::get)
            .map(this::signed)
            .toList();
    }

    /** Another address every time, as when a day has gone by. */
    private MediaSnapshot signed(MediaSnapshot media) {
        var url = "/media/" + media.id() + "?sig=" + signatures.incrementAndGet();
        return new MediaSnapshot(
            media.id(),
            url,
            url,
            media.name(),
            media.fileType(),
            media.fileSize(),
            media.status(),
            media.metadata()
        );
    }
}
