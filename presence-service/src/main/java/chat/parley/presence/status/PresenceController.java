package chat.parley.presence.status;

import chat.parley.contracts.UserId;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.RoomsClient;
import chat.parley.service.security.Caller;
import jakarta.validation.Valid;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/chat/presence}: see others, and choose how to be seen. */
@RestController
@RequestMapping("/api/chat/presence")
class PresenceController {

    private static final int MAX_USERS = 100;

    private final Statuses statuses;
    private final RoomsClient rooms;

    PresenceController(Statuses statuses, RoomsClient rooms) {
        this.statuses = statuses;
        this.rooms = rooms;
    }

    @GetMapping
    Mono<Presences> find(Caller caller, @RequestParam("user_ids") List<UserId> userIds) {
        Set<UserId> asked = new LinkedHashSet<>(userIds);
        if (asked.size() > MAX_USERS) {
            throw ValidationFailed.of("user_ids", "size", "must name at most " + MAX_USERS + " users");
        }
        return visible(caller.id(), asked).flatMapMany(statuses::find).collectList().map(Presences::new);
    }

    /** Those whom the caller may see: people of common rooms, and the caller. */
    private Mono<List<UserId>> visible(UserId caller, Set<UserId> asked) {
        Set<UserId> others = new LinkedHashSet<>(asked);
        others.remove(caller);
        if (others.isEmpty()) {
            return Mono.just(List.copyOf(asked));
        }
        return rooms
            .acquaintances(caller, others)
            .map(Set::copyOf)
            .map(known ->
                asked
                    .stream()
                    .filter(user -> user.equals(caller) || known.contains(user))
                    .toList()
            );
    }

    @PutMapping
    Mono<Presence> change(Caller caller, @Valid @RequestBody ChangeStatus change) {
        return statuses.change(caller.id(), change);
    }

    /** Answer of {@code GET /api/chat/presence}. */
    record Presences(List<Presence> data) {
        Presences {
            data = List.copyOf(data);
        }
    }
}
