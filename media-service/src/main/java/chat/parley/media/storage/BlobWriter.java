package chat.parley.media.storage;

import chat.parley.contracts.MediaId;
import chat.parley.service.problem.Unavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;

/**
 * Writes streams of unknown length to the store. Each write holds one part in memory, outside the heap, and takes no
 * more bytes from its client while that part is on its way to the store: so memory depends on how many writes there
 * are at once, which is bounded, and not on how large the files are.
 */
@Component
public class BlobWriter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Blobs blobs;
    private final WritingProperties properties;
    private final InstrumentedPool<ByteBuffer> buffers;

    BlobWriter(Blobs blobs, WritingProperties properties) {
        this.blobs = blobs;
        this.properties = properties;
        int part = Math.toIntExact(properties.part().toBytes());
        this.buffers = PoolBuilder.from(Mono.fromSupplier(() -> ByteBuffer.allocateDirect(part)))
            .sizeBetween(0, properties.atOnce())
            .maxPendingAcquire(properties.waiting())
            .buildPool();
    }

    /**
     * Completes when the store has it all; nothing of it stays there if it fails or is cancelled. Of empty content
     * there is no object.
     */
    public Mono<Void> write(MediaId id, String variant, Flux<ByteBuffer> content) {
        String key = Blobs.key(id, variant);
        return Flux.usingWhen(
            buffers.acquire(properties.longestWait()).onErrorMap(BlobWriter::tooBusy),
            lent -> new PartsWrite(blobs, key, lent.poolable()).write(content),
            lent -> lent.release()
        ).then();
    }

    private static Throwable tooBusy(Throwable cause) {
        return cause instanceof PoolAcquirePendingLimitException ||
            cause instanceof PoolAcquireTimeoutException
            ? new Unavailable("Too many files are being uploaded right now.", RETRY_AFTER)
            : cause;
    }
}
