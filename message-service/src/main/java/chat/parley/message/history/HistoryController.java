package chat.parley.message.history;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.message.Messages;
import chat.parley.service.paging.Page;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.Memberships;
import chat.parley.service.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class HistoryController {

    private static final int MAX_ROOMS = 100;
    private static final int ROOMS_AT_ONCE = 8;

    private final Memberships memberships;
    private final Messages messages;

    HistoryController(Memberships memberships, Messages messages) {
        this.memberships = memberships;
        this.messages = messages;
    }

    @GetMapping("/api/chat/rooms/{room}/messages")
    Mono<History> history(
        @PathVariable RoomId room,
        @RequestParam @Nullable Long before,
        @RequestParam @Nullable Long after,
        @RequestParam @Nullable Long around,
        @RequestParam @Nullable Integer limit,
        Caller caller
    ) {
        Window window = Window.of(before, after, around, limit);
        return memberships
            .require(room, caller.id())
            .then(Mono.defer(() -> messages.lastSeq(room)))
            .flatMap(last -> read(room, window, last));
    }

    /** A room that has not kept everything is the exception, which shows in what is missing. */
    private Mono<History> read(RoomId room, Window window, long last) {
        Window.Range range = window.in(1, last);
        return read(room, range)
            .filter(history -> history.data().size() == range.size())
            .switchIfEmpty(Mono.defer(() -> readWhatIsKept(room, window, last)));
    }

    private Mono<History> readWhatIsKept(RoomId room, Window window, long last) {
        return messages.firstSeq(room).flatMap(first -> read(room, window.in(first, last)));
    }

    private Mono<History> read(RoomId room, Window.Range range) {
        return messages
            .stretch(room, range.from(), range.to())
            .map(stretch -> new History(stretch.data(), stretch.hasBefore(), range.hasAfter()));
    }

    /** Rooms without messages, and rooms that the caller is not in, are simply not among the answers. */
    @GetMapping("/api/chat/messages/latest")
    Mono<Page<MessageSnapshot>> latest(@RequestParam("room_ids") List<RoomId> rooms, Caller caller) {
        List<RoomId> distinct = rooms.stream().distinct().toList();
        if (distinct.size() > MAX_ROOMS) {
            return Mono.error(() -> ValidationFailed.of("room_ids", "too_many", "At most 100 rooms."));
        }
        return Flux.fromIterable(distinct)
            .flatMapSequential(room -> newest(room, caller), ROOMS_AT_ONCE)
            .collectList()
            .map(newest -> new Page<>(newest, null));
    }

    private Mono<MessageSnapshot> newest(RoomId room, Caller caller) {
        return memberships
            .find(room, caller.id())
            .filter(membership -> membership.isMember())
            .flatMap(_ -> messages.newest(room));
    }

    @GetMapping("/api/chat/messages/{id}")
    Mono<MessageSnapshot> message(@PathVariable MessageId id, Caller caller) {
        return memberships
            .require(id.room(), caller.id())
            .then(Mono.defer(() -> messages.find(id)))
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such message.")));
    }
}
