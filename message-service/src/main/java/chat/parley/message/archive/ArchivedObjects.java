package chat.parley.message.archive;

import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The objects of the archive, each a few kilobytes. Whatever keeps the store from answering reaches the caller as
 * {@link Unavailable}; a bucket that does not exist is made when something is first written.
 */
@Component
public class ArchivedObjects {

    private static final Logger log = LoggerFactory.getLogger(ArchivedObjects.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final S3AsyncClient s3;
    private final String bucket;

    public ArchivedObjects(S3AsyncClient s3, ArchiveStoreProperties properties) {
        this.s3 = s3;
        this.bucket = properties.bucket();
    }

    public Mono<Void> put(String key, byte[] content) {
        Supplier<CompletableFuture<?>> request = () ->
            s3.putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromBytes(content));
        return Mono.fromFuture(request)
            .onErrorResume(NoSuchBucketException.class, _ -> makeBucket().then(Mono.fromFuture(request)))
            .onErrorMap(SdkException.class, ArchivedObjects::unavailable)
            .then();
    }

    private Mono<Void> makeBucket() {
        return Mono.fromFuture(() -> s3.createBucket(create -> create.bucket(bucket)))
            .onErrorComplete(BucketAlreadyOwnedByYouException.class)
            .then();
    }

    /** The whole object; empty if there is none. */
    public Mono<byte[]> get(String key) {
        return Mono.fromFuture(() ->
            s3.getObject(
                get -> get.bucket(bucket).key(key),
                AsyncResponseTransformer.<GetObjectResponse>toBytes()
            )
        )
            .map(ResponseBytes::asByteArrayUnsafe)
            .onErrorComplete(ArchivedObjects::isMissing)
            .onErrorMap(SdkException.class, ArchivedObjects::unavailable);
    }

    /** Nothing happens if there is no such object. */
    public Mono<Void> remove(String key) {
        return Mono.fromFuture(() -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)))
            .then()
            .onErrorComplete(ArchivedObjects::isMissing)
            .onErrorMap(SdkException.class, ArchivedObjects::unavailable);
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof NoSuchKeyException || failure instanceof NoSuchBucketException;
    }

    private static Unavailable unavailable(SdkException cause) {
        log.warn("The archive does not answer: {}", cause.toString());
        Unavailable unavailable = new Unavailable(
            "Messages this old cannot be reached right now.",
            RETRY_AFTER
        );
        unavailable.addSuppressed(cause);
        return unavailable;
    }
}
