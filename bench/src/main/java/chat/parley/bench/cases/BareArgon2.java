package chat.parley.bench.cases;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Password hashes as room-service makes them by default, and nothing else. */
final class BareArgon2 {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private BareArgon2() {}

    /**
     * @param perSecond how many
     * @param cpu milliseconds of a processor for each
     */
    record Outcome(double perSecond, double cpu) {}

    /** @param atOnce as many threads as the service has for it */
    static Outcome run(int atOnce, Duration length) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        long hashes = 0;
        long cpu = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                running.add(threads.submit(() -> hashUntil(end)));
            }
            for (Future<long[]> one : running) {
                hashes += one.get()[0];
                cpu += one.get()[1];
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Outcome(hashes / ((System.nanoTime() - start) / 1e9), cpu / 1e6 / hashes);
    }

    private static long[] hashUntil(long end) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        KeptMemory memory = new KeptMemory();
        long before = threads.getCurrentThreadCpuTime();
        long hashes = 0;
        while (System.nanoTime() < end) {
            hash(memory);
            hashes++;
        }
        return new long[] { hashes, threads.getCurrentThreadCpuTime() - before };
    }

    private static byte[] hash(BlockPool memory) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(
            new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withSalt(new byte[SALT_BYTES])
                .withParallelism(LANES)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(ITERATIONS)
                .withBlockPool(memory)
                .build()
        );
        byte[] hash = new byte[HASH_BYTES];
        argon2.generateBytes("correct-horse-battery".getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /** A thread's memory for its hashes, made once and zeroed after each, as the service does it. */
    private static final class KeptMemory implements BlockPool {

        private final FixedBlockPool eraser = new FixedBlockPool(0);
        private final Deque<Block> zeroed = new ArrayDeque<>(MEMORY_KIB);

        @Override
        public Block allocate() {
            Block block = zeroed.poll();
            return block == null ? new Block() : block;
        }

        @Override
        public void deallocate(Block block) {
            eraser.deallocate(block);
            zeroed.push(block);
        }
    }
}
