package chat.parley.room.accounts;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.Block;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;

/**
 * The memory of one hash at a time, kept for the next one of the same thread: nineteen thousand small arrays that would
 * otherwise be made, copied by the collector while they are in use, and thrown away. What a hash has left in them would
 * make guessing its password cheap, so they are zeroed as soon as it is done.
 */
final class HashMemory implements BlockPool {

    /** Besides its memory, a hash works in these. */
    private static final int SCRATCH_BLOCKS = 4;

    /** Keeps none, but nobody else can zero a block. */
    private final FixedBlockPool eraser = new FixedBlockPool(0);

    private final Deque<Block> zeroed;
    private final int most;

    /** @param kib what one hash needs; what another needs beyond that is not kept */
    HashMemory(int kib) {
        this.most = kib + SCRATCH_BLOCKS;
        this.zeroed = new ArrayDeque<>(most);
    }

    @Override
    public Block allocate() {
        Block block = zeroed.poll();
        return block == null ? new Block() : block;
    }

    @Override
    public void deallocate(Block block) {
        eraser.deallocate(block);
        if (zeroed.size() < most) {
            zeroed.push(block);
        }
    }
}
