package chat.parley.room.people;

import chat.parley.contracts.UserId;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Places;
import chat.parley.room.Users;
import chat.parley.service.paging.Cursor;
import chat.parley.service.paging.Limit;
import chat.parley.service.paging.Page;
import chat.parley.service.problem.NotFound;
import chat.parley.service.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Oneself and the others. */
@RestController
@RequestMapping("/api/users")
class PeopleController {

    private final Users users;
    private final Directory directory;
    private final Profiles profiles;

    PeopleController(Users users, Directory directory, Profiles profiles) {
        this.users = users;
        this.directory = directory;
        this.profiles = profiles;
    }

    @GetMapping("/me")
    Mono<UserSnapshot> me(Caller caller) {
        return one(caller.id());
    }

    @PutMapping("/me")
    Mono<UserSnapshot> change(Caller caller, @RequestBody ProfileChanges changes) {
        return profiles.change(caller.id(), changes);
    }

    @GetMapping("/{id}")
    Mono<UserSnapshot> one(@PathVariable UserId id) {
        return users.find(id).switchIfEmpty(Mono.error(() -> new NotFound("There is no such user.")));
    }

    @GetMapping
    Mono<Page<UserSnapshot>> search(
        @RequestParam(required = false) @Nullable String q,
        @RequestParam(required = false) @Nullable String cursor,
        @RequestParam(required = false) @Nullable Integer limit
    ) {
        Cursor after = Cursor.parse(cursor, 1);
        return directory.page(q, after == null ? "" : Places.text(after, 0), Limit.of(limit));
    }
}
