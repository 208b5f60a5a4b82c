package chat.parley.media.uploading;

import chat.parley.contracts.MediaId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaStatus;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaFiles;
import chat.parley.media.announcing.Announcements;
import chat.parley.media.announcing.Journal;
import chat.parley.media.storage.BlobWriter;
import chat.parley.media.storage.StoreUnavailable;
import chat.parley.service.problem.Failure;
import chat.parley.service.problem.MalformedRequest;
import chat.parley.service.problem.ValidationFailed;
import java.nio.ByteBuffer;
import java.time.Clock;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes in one file. Its bytes go to the store as they come; only when all are there does the file become known, and
 * only then is it announced. {@link Journal} remembers the upload from before its first byte until after the last.
 */
@Component
class Uploading {

    private final Journal journal;
    private final BlobWriter blobs;
    private final MediaFiles files;
    private final Announcements announcements;
    private final FileTypes types;
    private final UploadProperties properties;
    private final Clock clock;

    Uploading(
        Journal journal,
        BlobWriter blobs,
        MediaFiles files,
        Announcements announcements,
        FileTypes types,
        UploadProperties properties,
        Clock clock
    ) {
        this.journal = journal;
        this.blobs = blobs;
        this.files = files;
        this.announcements = announcements;
        this.types = types;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param form the multipart body, read no faster than its file is stored; its buffers are released here
     */
    Mono<MediaFile> upload(UserId owner, FormReader reader, Flux<DataBuffer> form) {
        MediaId id = MediaId.random();
        return journal
            .open(id)
            .flatMap(entry ->
                store(id, owner, reader, form)
                    .onErrorResume(Uploading::leavesNothing, cause ->
                        journal.close(entry).then(Mono.error(cause))
                    )
                    .flatMap(files::add)
                    .delayUntil(file -> announcements.announce(entry, file))
            );
    }

    /** After anything else parts may still lie in the store, and only the journal leads the recovery to them. */
    private static boolean leavesNothing(Throwable cause) {
        return cause instanceof Failure && !(cause instanceof StoreUnavailable);
    }

    private Mono<MediaFile> store(MediaId id, UserId owner, FormReader reader, Flux<DataBuffer> form) {
        Observation observation = new Observation(properties.maxFileSize());
        Flux<ByteBuffer> content = form
            .timeout(properties.silence())
            .map(piece -> contentOf(piece, reader))
            .filter(ByteBuffer::hasRemaining)
            .doOnNext(observation::see)
            .concatWith(Mono.defer(() -> requireWhole(reader, observation)));
        return blobs
            .write(id, MediaFile.ORIGINAL, content)
            .timeout(properties.longest())
            .then(Mono.defer(() -> fileOf(id, owner, String.valueOf(reader.filename()), observation)));
    }

    private static ByteBuffer contentOf(DataBuffer piece, FormReader reader) {
        try (DataBuffer.ByteBufferIterator bytes = piece.readableByteBuffers()) {
            return bytes.hasNext() ? reader.read(bytes.next()) : ByteBuffer.allocate(0);
        } finally {
            DataBufferUtils.release(piece);
        }
    }

    /** Before the store is told that this was all: what has been cut off must not look whole. */
    private static Mono<ByteBuffer> requireWhole(FormReader reader, Observation seen) {
        if (!reader.isComplete()) {
            return Mono.error(new MalformedRequest("The form ends before its time."));
        }
        if (reader.filename() == null) {
            return Mono.error(
                ValidationFailed.of("file", "required", "A part 'file' with a file is needed.")
            );
        }
        return seen.size() == 0
            ? Mono.error(ValidationFailed.of("file", "empty", "The file is empty."))
            : Mono.empty();
    }

    /** Off the event loop: the search for the type of a text goes through many patterns. */
    private Mono<MediaFile> fileOf(MediaId id, UserId owner, String givenName, Observation seen) {
        return Mono.fromCallable(() -> describe(id, owner, givenName, seen)).subscribeOn(
            Schedulers.boundedElastic()
        );
    }

    private MediaFile describe(MediaId id, UserId owner, String givenName, Observation seen) {
        byte[] beginning = seen.beginning();
        String type = types.of(beginning);
        return new MediaFile(
            id,
            owner,
            FileName.of(givenName),
            type,
            seen.size(),
            seen.sha256Hex(),
            // As long as no scanner is configured there is nobody to wait for.
            MediaStatus.READY,
            ImageSize.of(type, beginning).orElse(null),
            clock.instant()
        );
    }
}
