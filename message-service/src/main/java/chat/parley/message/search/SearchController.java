package chat.parley.message.search;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.search.SearchRequest.Filters;
import chat.parley.service.paging.Page;
import chat.parley.service.security.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class SearchController {

    private final Search search;

    SearchController(Search search) {
        this.search = search;
    }

    @GetMapping("/api/chat/search")
    Mono<Page<FoundMessage>> search(
        @RequestParam @Nullable String q,
        @RequestParam("room_id") @Nullable RoomId room,
        @RequestParam @Nullable UserId from,
        @RequestParam @Nullable Instant before,
        @RequestParam @Nullable Instant after,
        @RequestParam(defaultValue = "") List<String> has,
        @RequestParam @Nullable Integer limit,
        @RequestParam @Nullable String cursor,
        Caller caller
    ) {
        SearchRequest request = SearchRequest.of(
            q,
            Filters.of(room, from, has),
            before,
            after,
            limit,
            cursor
        );
        return search.find(request, caller.id());
    }
}
