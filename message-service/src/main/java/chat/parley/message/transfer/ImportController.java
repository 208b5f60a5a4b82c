package chat.parley.message.transfer;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.message.Delivered;
import chat.parley.message.Imported;
import chat.parley.message.Lanes;
import chat.parley.message.Page;
import chat.parley.message.Tails;
import chat.parley.service.problem.NotFound;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.rooms.Memberships;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@code ./parley import} calls; takes service tokens only. Every call may be repeated. */
@RestController
@RequestMapping("/internal/imports/{source}/rooms/{room}")
class ImportController {

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9_-]{1," + Imported.LONGEST_SOURCE + "}");
    private static final long NOTHING_YET = -1;

    private final Memberships memberships;
    private final Tails tails;
    private final Lanes lanes;

    ImportController(Memberships memberships, Tails tails, Lanes lanes) {
        this.memberships = memberships;
        this.tails = tails;
        this.lanes = lanes;
    }

    /** How far the source has come in the room. */
    @GetMapping
    Mono<Reached> reached(@PathVariable String source, @PathVariable RoomId room) {
        return tails
            .current(room)
            .map((Page tail) -> tail.reached(requireSource(source)))
            .defaultIfEmpty(NOTHING_YET)
            .map(Reached::of);
    }

    @PostMapping("/messages")
    Mono<Delivered> messages(
        @PathVariable String source,
        @PathVariable RoomId room,
        @RequestBody ImportRequest request
    ) {
        return Mono.fromCallable(() -> checked(source, request)).flatMap(messages ->
            requireRoom(room, request.actorId()).then(Mono.defer(() -> lanes.deliver(room, source, messages)))
        );
    }

    private static List<Imported> checked(String source, ImportRequest request) {
        requireSource(source);
        return request.checked();
    }

    private static String requireSource(String source) {
        if (!SOURCE.matcher(source).matches()) {
            throw ValidationFailed.of(
                "source",
                "invalid",
                "1 to " + Imported.LONGEST_SOURCE + " letters, digits, dashes and underscores."
            );
        }
        return source;
    }

    /** Whoever answers for it need not be in the room: a conversation of two is nobody else's. */
    private Mono<Void> requireRoom(RoomId room, @Nullable UserId actor) {
        if (actor == null) {
            return Mono.error(() -> ValidationFailed.of("actor_id", "required", "Who answers for it."));
        }
        return memberships
            .find(room, actor)
            .filter(membership -> membership.roomType() != null)
            .switchIfEmpty(Mono.error(() -> new NotFound("There is no such room.")))
            .then();
    }

    /**
     * @param position of the newest message there; null if there is none
     */
    record Reached(@Nullable Long position) {
        private static Reached of(long position) {
            return new Reached(position == NOTHING_YET ? null : position);
        }
    }
}
