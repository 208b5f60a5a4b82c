package chat.parley.message;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.media.MediaSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes messages for good, and before them whatever belongs to them. Two instances may do the same at once. */
@Component
class PageRemoval {

    private static final int FILES_AT_ONCE = 100;
    private static final int TRIES = 20;

    private final Pages pages;
    private final Archive archive;
    private final Claims claims;
    private final Belongings belongings;
    private final MediaClient media;

    PageRemoval(Pages pages, Archive archive, Claims claims, Belongings belongings, MediaClient media) {
        this.pages = pages;
        this.archive = archive;
        this.claims = claims;
        this.belongings = belongings;
        this.media = media;
    }

    /**
     * Removes a whole page; nothing happens if there is none. Should anybody still write to it, it is read once more.
     *
     * @param unlessSentAfter what was sent to the room after this time stays in it; null if nothing does
     */
    Mono<Boolean> remove(PageId id, @Nullable Instant unlessSentAfter) {
        return Mono.defer(() -> pages.peek(id))
            .flatMap(page -> remove(page, unlessSentAfter))
            .onErrorResume(ArchiveLost.class, _ -> archive.removeUnread(id))
            .defaultIfEmpty(true)
            .filter(gone -> gone)
            .repeatWhenEmpty(TRIES, tries -> tries);
    }

    /** The page goes last: as long as it is there, everything that belongs to it can be found. */
    private Mono<Boolean> remove(Page page, @Nullable Instant unlessSentAfter) {
        return removeWhatBelongsTo(page, page.messages(), unlessSentAfter).then(
            Mono.defer(() -> pages.remove(page))
        );
    }

    /** Removes what belongs to these messages of the page, and not yet themselves. */
    Mono<Void> removeWhatBelongsTo(Page page, List<Message> messages, @Nullable Instant unlessSentAfter) {
        return unlink(page.id().room(), messages, unlessSentAfter)
            .then(Mono.defer(() -> belongings.forget(page, messages)))
            .then(Mono.defer(() -> claims.forget(messages)));
    }

    private Mono<Void> unlink(RoomId room, List<Message> messages, @Nullable Instant unlessSentAfter) {
        return Flux.fromStream(() -> messages.stream().flatMap(message -> message.attachments().stream()))
            .map(MediaSnapshot::id)
            .distinct()
            .buffer(FILES_AT_ONCE)
            .concatMap((List<MediaId> files) -> media.unlink(files, room, unlessSentAfter))
            .then();
    }
}
