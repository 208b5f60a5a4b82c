package chat.parley.media.linking;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.RoomId;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.storage.Blobs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The end of an upload. Its record goes last: as long as it is there, the bytes can be found and removed again. */
@Component
class Removal {

    private final MediaFiles files;
    private final Blobs blobs;

    Removal(MediaFiles files, Blobs blobs) {
        this.files = files;
        this.blobs = blobs;
    }

    /**
     * @param unlessSentAfter a file that has been sent to the room after this time stays; null for all files
     */
    Mono<Void> unlink(MediaId id, RoomId room, @Nullable Instant unlessSentAfter) {
        Mono<Boolean> released = unlessSentAfter == null
            ? files.release(id, room)
            : files.releaseUnlessSentAfter(unlessSentAfter, id, room);
        return released
            .filter(isNobodys -> isNobodys)
            .flatMap(_ -> blobs.delete(id, MediaFile.ORIGINAL).then(Mono.defer(() -> files.remove(id))));
    }
}
