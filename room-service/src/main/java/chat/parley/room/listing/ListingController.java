package chat.parley.room.listing;

import chat.parley.contracts.RoomId;
import chat.parley.room.Fields;
import chat.parley.room.RoomView;
import chat.parley.service.paging.Limit;
import chat.parley.service.paging.Page;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** My rooms, the public ones, and one by its id. */
@RestController
@RequestMapping("/api/chat/rooms")
class ListingController {

    private final OwnRooms own;
    private final PublicRooms open;
    private final OneRoom one;

    ListingController(OwnRooms own, PublicRooms open, OneRoom one) {
        this.own = own;
        this.open = open;
        this.one = one;
    }

    @GetMapping
    Mono<Page<RoomView>> list(
        Caller caller,
        @RequestParam(required = false) @Nullable String scope,
        @RequestParam(required = false) @Nullable String q,
        @RequestParam(required = false) @Nullable String cursor,
        @RequestParam(required = false) @Nullable Integer limit
    ) {
        Fields fields = new Fields();
        Scope checked = fields.choice("scope", scope, Scope.class);
        fields.check();
        return checked == Scope.PUBLIC
            ? open.page(caller.id(), q, cursor, Limit.of(limit))
            : own.page(caller.id(), cursor, Limit.of(limit));
    }

    @GetMapping("/{room}")
    Mono<RoomView> one(Caller caller, @PathVariable RoomId room) {
        return one.require(room, caller.id());
    }

    private enum Scope {
        MINE,
        PUBLIC,
    }
}
