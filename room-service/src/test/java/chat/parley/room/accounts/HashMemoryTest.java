package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.LongStream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class HashMemoryTest {

    private static final int KIB = 64;

    private final HashMemory memory = new HashMemory(KIB);

    @Test
    void isMadeOnce() {
        Watched first = new Watched();
        Watched second = new Watched();

        hash(first, KIB);
        hash(second, KIB);

        assertThat(second.taken).hasSize(KIB + 4).containsExactlyInAnyOrderElementsOf(first.taken);
    }

    @Test
    void isLeftWithoutATrace() {
        Watched watched = new Watched();

        hash(watched, 2 * KIB);

        assertThat(watched.taken)
            .hasSize(2 * KIB + 4)
            .allSatisfy(block ->
                assertThat(LongStream.of(contentOf(block)).allMatch(word -> word == 0)).isTrue()
            );
    }

    @Test
    void keepsNoMoreThanOneHashNeeds() {
        Watched large = new Watched();
        Watched next = new Watched();

        hash(large, 4 * KIB);
        hash(next, 4 * KIB);

        next.taken.retainAll(large.taken);
        assertThat(next.taken).hasSize(KIB + 4);
    }

    private static void hash(BlockPool pool, int kib) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(
            new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withSalt(new byte[16])
                .withMemoryAsKB(kib)
                .withIterations(2)
                .withParallelism(1)
                .withBlockPool(pool)
                .build()
        );
        argon2.generateBytes("correct-horse".toCharArray(), new byte[32]);
    }

    private static long[] contentOf(Block block) {
        try {
            Field content = Block.class.getDeclaredField("v");
            content.setAccessible(true);
            return (long[]) content.get(block);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a block has other fields by now", e);
        }
    }

    /** Notes which blocks a hash takes. */
    private final class Watched implements BlockPool {

        private final Set<Block> taken = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public Block allocate() {
            Block block = memory.allocate();
            taken.add(block);
            return block;
        }

        @Override
        public void deallocate(Block block) {
            memory.deallocate(block);
        }
    }
}
