package chat.parley.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEndsTest {

    private static final byte TEXT = (byte) 0x81;

    private final FrameEnds frames = new FrameEnds();

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 125, 126, 127, 200, 65_535, 65_536, 100_000 })
    void knowsWhereAFrameOfAnyLengthEndsHoweverItIsCut(int length) {
        ByteBuf frame = frameOf(length);
        for (int step : new int[] { 1, 3, 1_000, frame.readableBytes() }) {
            ByteBuf rest = frame.duplicate();
            assertThat(frames.atEnd()).isTrue();
            while (rest.isReadable()) {
                ByteBuf piece = rest.readSlice(Math.min(step, rest.readableBytes()));
                frames.pass(piece);
                assertThat(frames.atEnd()).isEqualTo(!rest.isReadable());
            }
        }
    }

    @Test
    void seesManyFramesInOneBuffer() {
        ByteBuf many = Unpooled.wrappedBuffer(frameOf(0), frameOf(300), frameOf(70_000), frameOf(5));
        frames.pass(many.readSlice(many.readableBytes() - 1));
        assertThat(frames.atEnd()).isFalse();

        frames.pass(many);

        assertThat(frames.atEnd()).isTrue();
    }

    @Test
    void letsOnlyTheRestOfTheFramePassThatHasBegun() {
        ByteBuf first = frameOf(300);
        frames.pass(first.readSlice(3));

        int rest = frames.passRest(Unpooled.wrappedBuffer(first.duplicate(), frameOf(10)));

        assertThat(rest).isEqualTo(first.readableBytes());
        assertThat(frames.atEnd()).isTrue();
        assertThat(frames.passRest(frameOf(10))).isZero();
    }

    private static ByteBuf frameOf(int length) {
        ByteBuf frame = Unpooled.buffer().writeByte(TEXT);
        if (length <= 125) {
            frame.writeByte(length);
        } else if (length <= 65_535) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame.writeBytes(new byte[length]);
    }
}
