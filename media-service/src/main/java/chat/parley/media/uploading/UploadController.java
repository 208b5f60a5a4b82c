package chat.parley.media.uploading;

import chat.parley.contracts.UserId;
import chat.parley.contracts.media.MediaSnapshot;
import chat.parley.media.MediaFailure.FileTooLarge;
import chat.parley.media.MediaFile;
import chat.parley.media.MediaLinks;
import chat.parley.service.problem.ValidationFailed;
import chat.parley.service.security.Caller;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes {@code POST /api/chat/upload}: the multipart body's first part {@code file}; other parts are passed over. */
@RestController
class UploadController {

    private static final String PART = "file";

    /** What multipart may write around a file that is as large as allowed. */
    private static final long FRAMING = 64 * 1024;

    private final Uploading uploading;
    private final UploadProperties properties;
    private final MediaLinks links;

    UploadController(Uploading uploading, UploadProperties properties, MediaLinks links) {
        this.uploading = uploading;
        this.properties = properties;
        this.links = links;
    }

    @PostMapping(path = "/api/chat/upload", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MediaSnapshot> upload(
        Caller caller,
        @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, required = false) @Nullable Long length,
        @RequestBody Flux<PartEvent> events
    ) {
        if (length != null && length > properties.maxFileSize().toBytes() + FRAMING) {
            return Mono.error(new FileTooLarge(properties.maxFileSize()));
        }
        return fileAmong(events, caller.id())
            .map(links::describe)
            .switchIfEmpty(
                Mono.error(() ->
                    ValidationFailed.of(PART, "required", "A part 'file' with a file is needed.")
                )
            );
    }

    /** One event is held at a time, so that a client is read no faster than its file is stored. */
    private Mono<MediaFile> fileAmong(Flux<PartEvent> events, UserId owner) {
        AtomicBoolean found = new AtomicBoolean();
        return events
            .windowUntil(PartEvent::isLast, false, 1)
            .concatMap(part -> part.switchOnFirst((first, all) -> take(first.get(), all, owner, found)), 1)
            .singleOrEmpty();
    }

    private Flux<MediaFile> take(
        @Nullable PartEvent first,
        Flux<PartEvent> part,
        UserId owner,
        AtomicBoolean found
    ) {
        Flux<DataBuffer> content = part.map(PartEvent::content);
        if (
            first instanceof FilePartEvent file &&
            file.name().equals(PART) &&
            found.compareAndSet(false, true)
        ) {
            return uploading.upload(owner, file.filename(), content).flux();
        }
        return content.doOnNext(DataBufferUtils::release).thenMany(Flux.empty());
    }
}
