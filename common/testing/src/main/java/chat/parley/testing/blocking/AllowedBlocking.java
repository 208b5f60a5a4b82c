package chat.parley.testing.blocking;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may block on an event loop beside what BlockHound allows by itself (class loading, logging): calls that do so
 * in name only. Everything else fails the test that does it.
 */
public final class AllowedBlocking implements BlockHoundIntegration {

    private static final Logger log = LoggerFactory.getLogger(AllowedBlocking.class);

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.blockingMethodCallback(AllowedBlocking::refuse);
        // Reads /dev/urandom, which never waits once the machine has started.
        builder
            .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
            // Read from the class path once, like the classes beside them.
            .allowBlockingCallsInside("java.util.ResourceBundle", "getBundle")
            // A codec's library is loaded once, like the classes beside it.
            .allowBlockingCallsInside("com.github.luben.zstd.util.Native", "load")
            // Lettuce counts those who write to a connection under a lock that is held for a few instructions.
            .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters")
            .allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "decrementWriters")
            // MongoDB's driver keeps the books of its connection pool under locks, and waits for nothing inside.
            .allowBlockingCallsInside("com.mongodb.internal.Locks", "withLock")
            .allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock")
            .allowBlockingCallsInside("com.mongodb.internal.Locks", "lockInterruptibly")
            // Netty's allocator takes a stamped lock to hand a magazine from one thread to another.
            .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
            .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free")
            // Two threads that read the first JSON of one type at once: one prepares its reader, the other waits for it.
            .allowBlockingCallsInside(
                "tools.jackson.databind.deser.DeserializerCache",
                "_createAndCacheValueDeserializer"
            )
            // Two threads that make an id at once wait for each other, as long as an addition takes.
            .allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator", "construct");
    }

    /** Logged as well as thrown: whoever swallows it, a pipeline of Netty's for one, leaves a request without an answer. */
    private static void refuse(BlockingMethod method) {
        BlockingOperationError refusal = new BlockingOperationError(method);
        log.error("a call that blocks, on a thread that must not", refusal);
        throw refusal;
    }
}
