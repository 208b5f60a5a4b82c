package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.testing.rooms.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who talks, and does one thing after the other, each on whatever instance. What is not answered is done
 * again until it is, as the web client does.
 */
final class Person {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 300;
    private static final List<String> KINDS = List.of("👍", "❤️", ":party:");

    private final UserId id;
    private final String name;
    private final Random random;
    private final List<RoomModel> rooms;
    private final Supplier<String> anyService;
    private final HttpClient http;
    private int count;

    Person(
        UserId id,
        String name,
        Random random,
        List<RoomModel> rooms,
        Supplier<String> anyService,
        HttpClient http
    ) {
        this.id = id;
        this.name = name;
        this.random = random;
        this.rooms = rooms;
        this.anyService = anyService;
        this.http = http;
    }

    /** One thing, with all that can be seen of it right afterwards. */
    void act() {
        var room = rooms.get(random.nextInt(rooms.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> send(room, null);
            case 5, 6 -> room.any(random).ifPresent(message -> send(room, message));
            case 7, 8, 9 -> room.anyOf(id, random).ifPresent(message -> edit(message));
            case 10 -> anyThatMayBeDeleted(room).ifPresent(this::delete);
            case 11, 12, 13 -> room.any(random).ifPresent(message -> react(message, true));
            case 14 -> room.any(random).ifPresent(message -> react(message, false));
            case 15 -> readTheEnd(room);
            case 16 -> readAround(room);
            case 17 -> readLatest();
            case 18 -> room.any(random).ifPresent(this::readReplies);
            default -> room.any(random).ifPresent(message -> get(message.id));
        }
    }

    private void send(RoomModel room, RoomModel.@Nullable Known parent) {
        Map<String, Object> body = new HashMap<>();
        body.put("content", words());
        body.put("client_id", name + "-" + count++);
        if (parent != null) {
            body.put("parent_id", parent.id.toString());
        }
        var answer = persist("POST", "/api/chat/rooms/" + room.id + "/messages", body);
        if (parent != null && parent.mayBeGone() && answer.status >= 400) {
            return;
        }
        answer.is(200, 201);
        var message = answer.as(MessageSnapshot.class);
        assertThat(message.content()).isEqualTo(body.get("content"));
        assertThat(message.clientId()).isEqualTo(body.get("client_id"));
        room.sent(message, parent == null ? null : parent.thread());
        assertThat(get(message.id()).seq()).isEqualTo(message.seq());
        if (random.nextInt(4) == 0) {
            var again = persist("POST", "/api/chat/rooms/" + room.id + "/messages", body).is(200);
            assertThat(again.as(MessageSnapshot.class).id()).isEqualTo(message.id());
        }
    }

    private String words() {
        return name + " says " + random.nextInt(1_000_000) + (random.nextBoolean() ? " naïve ☕" : "");
    }

    private void edit(RoomModel.Known message) {
        String content = words();
        var answer = persist("PUT", path(message.id), Map.of("content", content));
        if (answer.status == 410) {
            assertThat(message.mayBeGone()).isTrue();
            return;
        }
        var edited = answer.is(200).as(MessageSnapshot.class);
        assertThat(edited.content()).isEqualTo(content);
        message.edited(content);
        message.assertReads(get(message.id));
    }

    private Optional<RoomModel.Known> anyThatMayBeDeleted(RoomModel room) {
        return room.admin.equals(id) ? room.any(random) : room.anyOf(id, random);
    }

    private void delete(RoomModel.Known message) {
        message.dies();
        persist("DELETE", path(message.id), null).is(204);
        message.died();
        assertThat(get(message.id).deletedAt()).isNotNull();
    }

    private void react(RoomModel.Known message, boolean add) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        String path = path(message.id) + "/reactions";
        var answer = add
            ? persist("POST", path, Map.of("reaction_type", kind))
            : persist("DELETE", path + "/" + URLEncoder.encode(kind, StandardCharsets.UTF_8), null);
        if (answer.status == 410) {
            assertThat(message.mayBeGone()).isTrue();
            return;
        }
        answer.is(200);
        message.reacted(id, kind, add);
        message.assertReads(answer.as(MessageSnapshot.class), id);
        message.assertReads(get(message.id), id);
    }

    private void readTheEnd(RoomModel room) {
        long last = room.last();
        var history = history(room, "");
        assertThat(last == 0 ? 0 : history.data.getLast().seq()).isGreaterThanOrEqualTo(last);
        assertThat(history.hasAfter).isFalse();
    }

    private void readAround(RoomModel room) {
        long last = room.last();
        if (last == 0) {
            return;
        }
        long seq = 1 + random.nextLong(last);
        int limit = 1 + random.nextInt(100);
        var around = history(room, "?around=" + seq + "&limit=" + limit);
        assertThat(around.data).extracting(MessageSnapshot::seq).contains(seq);
        var before = history(room, "?before=" + seq + "&limit=" + limit);
        assertThat(before.data).hasSize((int) Math.min(limit, seq - 1));
        assertThat(before.hasAfter).isTrue();
        var after = history(room, "?after=" + seq + "&limit=" + limit);
        assertThat(after.data.size()).isBetween((int) Math.min(limit, last - seq), limit);
    }

    /** However it was asked for, it has no holes, and says truly whether there is more. */
    private History history(RoomModel room, String query) {
        long last = room.last();
        var history = persist("GET", "/api/chat/rooms/" + room.id + "/messages" + query, null)
            .is(200)
            .as(History.class);
        long first = history.data.isEmpty() ? 0 : history.data.getFirst().seq();
        for (int i = 0; i < history.data.size(); i++) {
            assertThat(history.data.get(i).seq()).isEqualTo(first + i);
        }
        if (first > 0) {
            assertThat(history.hasBefore).isEqualTo(first > 1);
            assertThat(history.hasAfter || history.data.getLast().seq() >= last).isTrue();
        }
        return history;
    }

    /** All there is, from the beginning. */
    List<MessageSnapshot> readAll(RoomModel room) {
        List<MessageSnapshot> all = new ArrayList<>();
        History part;
        do {
            part = history(room, "?limit=100&after=" + all.size());
            all.addAll(part.data);
        } while (part.hasAfter);
        return all;
    }

    private void readLatest() {
        var lasts = rooms.stream().map(RoomModel::last).toList();
        String ids = String.join(
            ",",
            rooms
                .stream()
                .map(room -> room.id.toString())
                .toList()
        );
        var latest = persist("GET", "/api/chat/messages/latest?room_ids=" + ids, null)
            .is(200)
            .as(Latest.class);
        for (int i = 0; i < rooms.size(); i++) {
            var room = rooms.get(i);
            long seq = latest.data
                .stream()
                .filter(message -> message.roomId().equals(room.id))
                .mapToLong(MessageSnapshot::seq)
                .findFirst()
                .orElse(0);
            assertThat(seq).isGreaterThanOrEqualTo(lasts.get(i));
        }
    }

    private void readReplies(RoomModel.Known message) {
        var replies = persist("GET", path(message.thread()) + "/replies", null).is(200).as(History.class);
        assertThat(replies.data).allMatch(reply -> message.thread().equals(reply.parentId()));
        assertThat(replies.data).extracting(MessageSnapshot::seq).isSorted().doesNotHaveDuplicates();
    }

    private MessageSnapshot get(MessageId message) {
        return persist("GET", path(message), null).is(200).as(MessageSnapshot.class);
    }

    private static String path(MessageId message) {
        return "/api/chat/messages/" + message;
    }

    /** Until somebody answers. */
    private Answer persist(String method, String path, @Nullable Object body) {
        for (int i = 0; i < TRIES; i++) {
            Answer answer = ask(method, path, body);
            if (answer.status < 500) {
                return answer;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new AssertionError("nobody answers " + method + " " + path);
    }

    private Answer ask(String method, String path, @Nullable Object body) {
        var request = HttpRequest.newBuilder(URI.create(anyService.get() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + TestTokens.of(id))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(WireJson.mapper().writeValueAsBytes(body))
            )
            .build();
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(method + " " + path, answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Answer(method + " " + path, 599, new byte[0]);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private record Answer(String call, int status, byte[] body) {
        Answer is(Integer... expected) {
            assertThat(expected)
                .as("%s: %s", call, new String(body, StandardCharsets.UTF_8))
                .contains(status);
            return this;
        }

        <T> T as(Class<T> type) {
            return WireJson.mapper().readValue(body, type);
        }
    }

    record History(List<MessageSnapshot> data, boolean hasBefore, boolean hasAfter) {}

    private record Latest(List<MessageSnapshot> data) {}
}
