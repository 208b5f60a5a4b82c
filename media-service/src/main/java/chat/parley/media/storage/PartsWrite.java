package chat.parley.media.storage;

import chat.parley.media.storage.Blobs.PartsUpload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One write, step by step: bytes gather in the part's buffer, a full one goes to the store, and what is left at the
 * end goes as the last part, or as the whole object if no part has gone before.
 */
final class PartsWrite {

    private final Blobs blobs;
    private final String key;
    private final ByteBuffer part;
    private final List<CompletedPart> stored = new ArrayList<>();
    private @Nullable String uploadId;

    /**
     * @param part this write's alone until it has ended
     */
    PartsWrite(Blobs blobs, String key, ByteBuffer part) {
        this.blobs = blobs;
        this.key = key;
        this.part = part.clear();
    }

    Mono<Void> write(Flux<ByteBuffer> content) {
        return Flux.usingWhen(
            Mono.just(this),
            _ -> content.concatMap(this::take, 1).then(Mono.defer(this::finish)),
            _ -> Mono.empty(),
            (_, _) -> abort(),
            _ -> abort()
        ).then();
    }

    /** Once, or as often as the bytes fill a part. */
    private Mono<Void> take(ByteBuffer bytes) {
        int fitting = Math.min(part.remaining(), bytes.remaining());
        part.put(bytes.slice(bytes.position(), fitting));
        bytes.position(bytes.position() + fitting);
        if (part.hasRemaining()) {
            return Mono.empty();
        }
        return storePart().then(Mono.defer(() -> take(bytes)));
    }

    private Mono<Void> storePart() {
        return upload()
            .flatMap(upload -> blobs.putPart(upload, stored.size() + 1, part.flip()))
            .doOnNext(this::remember)
            .then();
    }

    private Mono<PartsUpload> upload() {
        Mono<String> id = uploadId == null ? blobs.openParts(key) : Mono.just(uploadId);
        return id.doOnNext(opened -> uploadId = opened).map(opened -> new PartsUpload(key, opened, stored));
    }

    private void remember(CompletedPart done) {
        stored.add(done);
        part.clear();
    }

    private Mono<Void> finish() {
        if (uploadId != null) {
            Mono<Void> last = part.position() == 0 ? Mono.empty() : storePart();
            return last.then(Mono.defer(this::upload)).flatMap(blobs::completeParts);
        }
        return part.position() == 0 ? Mono.empty() : blobs.put(key, part.flip());
    }

    private Mono<Void> abort() {
        return uploadId == null ? Mono.empty() : blobs.abortParts(key, uploadId);
    }
}
