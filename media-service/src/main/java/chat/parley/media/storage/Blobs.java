package chat.parley.media.storage;

import chat.parley.contracts.MediaId;
import chat.parley.service.problem.NotFound;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.ResponsePublisher;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The S3 store, one object per variant of an upload. A store that does not answer is {@link StoreUnavailable}; a bucket
 * that does not exist is made when something is first written.
 */
@Component
public class Blobs {

    private static final Logger log = LoggerFactory.getLogger(Blobs.class);
    private static final int DELETIONS_AT_ONCE = 4;

    private final S3AsyncClient s3;
    private final String bucket;

    Blobs(S3AsyncClient s3, StorageProperties properties) {
        this.s3 = s3;
        this.bucket = properties.bucket();
    }

    /** Stores what is small enough for one request. */
    Mono<Void> put(String key, ByteBuffer content) {
        return inBucket(() ->
            s3.putObject(
                put -> put.bucket(bucket).key(key),
                AsyncRequestBody.fromByteBufferUnsafe(content.duplicate())
            )
        ).then();
    }

    Mono<String> openParts(String key) {
        return inBucket(() -> s3.createMultipartUpload(open -> open.bucket(bucket).key(key))).map(
            CreateMultipartUploadResponse::uploadId
        );
    }

    /**
     * @param number from 1
     */
    Mono<CompletedPart> putPart(PartsUpload upload, int number, ByteBuffer content) {
        return call(() ->
            s3.uploadPart(
                put -> put.bucket(bucket).key(upload.key()).uploadId(upload.id()).partNumber(number),
                AsyncRequestBody.fromByteBufferUnsafe(content.duplicate())
            )
        ).map(stored -> CompletedPart.builder().partNumber(number).eTag(stored.eTag()).build());
    }

    Mono<Void> completeParts(PartsUpload upload) {
        return call(() ->
            s3.completeMultipartUpload(complete ->
                complete
                    .bucket(bucket)
                    .key(upload.key())
                    .uploadId(upload.id())
                    .multipartUpload(all -> all.parts(upload.parts()))
            )
        ).then();
    }

    Mono<Void> abortParts(String key, String uploadId) {
        return call(() -> s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId)))
            .onErrorComplete(NoSuchUploadException.class)
            .then();
    }

    /** The bytes from first to last, both included, as the store sends them. */
    public Flux<ByteBuffer> read(MediaId id, String variant, long first, long last) {
        return call(() ->
            s3.getObject(
                get -> get.bucket(bucket).key(key(id, variant)).range("bytes=" + first + "-" + last),
                AsyncResponseTransformer.<GetObjectResponse>toPublisher()
            )
        )
            .flatMapMany((ResponsePublisher<GetObjectResponse> bytes) -> Flux.from(bytes))
            .onErrorMap(SdkException.class, Blobs::translate);
    }

    /** Removes an upload with whatever an interrupted one has left; nothing happens if there is nothing. */
    public Mono<Void> delete(MediaId id, String variant) {
        String key = key(id, variant);
        return unfinished(key)
            .flatMap(upload -> abortParts(key, upload.uploadId()), DELETIONS_AT_ONCE)
            .then(Mono.defer(() -> call(() -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)))))
            .onErrorComplete(NoSuchBucketException.class)
            .then();
    }

    private Flux<MultipartUpload> unfinished(String key) {
        return call(() -> s3.listMultipartUploads(list -> list.bucket(bucket).prefix(key)))
            .onErrorComplete(NoSuchBucketException.class)
            .flatMapIterable(listing -> listing.uploads())
            .filter(upload -> upload.key().equals(key));
    }

    static String key(MediaId id, String variant) {
        return id + "/" + variant;
    }

    /** The bucket is looked for only once it has been missed: that costs nothing on all other days. */
    private <T> Mono<T> inBucket(Supplier<CompletableFuture<T>> request) {
        return Mono.defer(() -> Mono.fromFuture(request))
            .onErrorResume(NoSuchBucketException.class, _ -> makeBucket().then(Mono.fromFuture(request)))
            .onErrorMap(SdkException.class, Blobs::translate);
    }

    private Mono<Void> makeBucket() {
        return Mono.fromFuture(() -> s3.createBucket(create -> create.bucket(bucket)))
            .onErrorComplete(BucketAlreadyOwnedByYouException.class)
            .then();
    }

    private static <T> Mono<T> call(Supplier<CompletableFuture<T>> request) {
        return Mono.fromFuture(request).onErrorMap(SdkException.class, Blobs::translate);
    }

    private static Throwable translate(SdkException cause) {
        return switch (cause) {
            case NoSuchKeyException _ -> new NotFound("There is no such file.");
            case NoSuchBucketException missing -> missing;
            case NoSuchUploadException missing -> missing;
            case S3Exception refused when refused.statusCode() < 500 -> refused;
            default -> unavailable(cause);
        };
    }

    private static StoreUnavailable unavailable(SdkException cause) {
        log.warn("The S3 store failed for now: {}", cause.toString());
        return new StoreUnavailable();
    }

    /** An upload in parts that is under way. */
    record PartsUpload(String key, String id, List<CompletedPart> parts) {}
}
