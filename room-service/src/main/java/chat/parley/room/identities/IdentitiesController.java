package chat.parley.room.identities;

import chat.parley.service.rooms.RoomsClient.Identified;
import chat.parley.service.security.Identity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells the other services which user somebody is; they have checked that it is them. */
@RestController
class IdentitiesController {

    private final OutsideUsers users;

    IdentitiesController(OutsideUsers users) {
        this.users = users;
    }

    @PostMapping("/internal/identities")
    Mono<Identified> identify(@RequestBody Identity identity) {
        return users.idOf(identity).map(Identified::new);
    }
}
