package chat.parley.media.records;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.MediaLinks;
import chat.parley.service.problem.NotFound;
import chat.parley.service.security.Caller;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells owners of their uploads, and services of those that they ask for. */
@RestController
class MediaController {

    private static final int MOST_IDS = 100;

    private final MediaFiles files;
    private final MediaLinks links;

    MediaController(MediaFiles files, MediaLinks links) {
        this.files = files;
        this.links = links;
    }

    @GetMapping("/api/chat/media/{id}")
    Mono<MediaSnapshot> get(Caller caller, @PathVariable MediaId id) {
        return files
            .find(id)
            .filter(file -> file.owner().equals(caller.id()))
            .map(links::describe)
            .switchIfEmpty(Mono.error(() -> new NotFound("You have no such upload.")));
    }

    /** In the order of the ids; what does not exist, or is somebody else's, is left out. */
    @PostMapping("/internal/media/lookup")
    Mono<Found> lookup(@Valid @RequestBody LookUp lookUp) {
        return files
            .findAll(lookUp.ids())
            .filter(file -> isOwnedBy(lookUp.ownerId(), file))
            .map(links::describe)
            .collectList()
            .map(Found::new);
    }

    private static boolean isOwnedBy(@Nullable UserId owner, MediaFile file) {
        return owner == null || file.owner().equals(owner);
    }

    /**
     * @param ownerId whose uploads they must be; null for anybody's, to renew the addresses of what was sent before
     */
    record LookUp(@NotNull @Size(max = MOST_IDS) List<@NotNull MediaId> ids, @Nullable UserId ownerId) {}

    record Found(List<MediaSnapshot> data) {}
}
