package chat.parley.room.internal;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.Membership;
import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.Users;
import chat.parley.service.problem.NotFound;
import chat.parley.service.rooms.RoomsClient.RoomIds;
import chat.parley.service.rooms.RoomsClient.UserIds;
import chat.parley.service.rooms.RoomsClient.Usernames;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The other end of {@link chat.parley.service.rooms.RoomsClient}; takes service tokens only. */
@RestController
@RequestMapping("/internal")
class InternalController {

    private final Users users;
    private final Acquaintance acquaintance;

    InternalController(Users users, Acquaintance acquaintance) {
        this.users = users;
        this.acquaintance = acquaintance;
    }

    @GetMapping("/rooms/{room}/members/{user}")
    Mono<Membership> membership(@PathVariable RoomId room, @PathVariable UserId user) {
        return acquaintance.membership(room, user);
    }

    @GetMapping("/users/{user}")
    Mono<UserSnapshot> user(@PathVariable UserId user) {
        return users.find(user).switchIfEmpty(Mono.error(() -> new NotFound("There is no such user.")));
    }

    @GetMapping("/users/{user}/rooms")
    Mono<RoomIds> rooms(@PathVariable UserId user, @RequestParam(required = false) @Nullable RoomId after) {
        return acquaintance.roomsOf(user, after);
    }

    @PostMapping("/users/{user}/acquaintances")
    Mono<UserIds> acquaintances(@PathVariable UserId user, @RequestBody UserIds candidates) {
        return acquaintance.among(user, candidates.userIds()).map(UserIds::new);
    }

    @PostMapping("/rooms/{room}/mentioned")
    Mono<Map<String, UserId>> mentioned(@PathVariable RoomId room, @RequestBody Usernames usernames) {
        return acquaintance.mentioned(room, usernames.usernames());
    }
}
