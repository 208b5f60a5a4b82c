package chat.parley.media.linking;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.media.MediaFiles;
import chat.parley.media.MediaLinks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** For message-service: an upload is in a room from before the first message there carries it until the room ends. */
@RestController
class LinkingController {

    private static final int MOST_IDS = 100;
    private static final int AT_ONCE = 8;

    private final MediaFiles files;
    private final MediaLinks links;
    private final Removal removal;

    LinkingController(MediaFiles files, MediaLinks links, Removal removal) {
        this.files = files;
        this.links = links;
        this.removal = removal;
    }

    /** Answers with those that could be linked, in the order of the ids. */
    @PostMapping("/internal/media/link")
    Mono<Linked> link(@Valid @RequestBody Link link) {
        return Flux.fromIterable(link.ids())
            .flatMapSequential(id -> files.link(id, link.ownerId(), link.roomId()), AT_ONCE)
            .map(links::describe)
            .collectList()
            .map(Linked::new);
    }

    /** Answered once whatever is nobody's any more is gone for good; asked again, it ends what was interrupted. */
    @PostMapping("/internal/media/unlink")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> unlink(@Valid @RequestBody Unlink unlink) {
        return Flux.fromIterable(unlink.ids())
            .flatMap(id -> removal.unlink(id, unlink.roomId(), unlink.unlessSentAfter()), AT_ONCE)
            .then();
    }

    record Link(
        @NotNull @Size(max = MOST_IDS) List<@NotNull MediaId> ids,
        @NotNull UserId ownerId,
        @NotNull RoomId roomId
    ) {}

    record Linked(List<MediaSnapshot> data) {}

    /**
     * @param unlessSentAfter files that have been sent to the room again after this time stay; absent if none does
     */
    record Unlink(
        @NotNull @Size(max = MOST_IDS) List<@NotNull MediaId> ids,
        @NotNull RoomId roomId,
        @Nullable Instant unlessSentAfter
    ) {}
}
