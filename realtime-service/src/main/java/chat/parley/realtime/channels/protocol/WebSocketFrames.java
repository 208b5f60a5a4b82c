package chat.parley.realtime.channels.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Whole frames as a server sends them (RFC 6455, section 5.2): final and without a mask. Written out here, and not by
 * Netty's encoder, so that one buffer can go to many sockets.
 */
public final class WebSocketFrames {

    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final int LARGEST_IN_ONE_BYTE = 125;
    private static final int LARGEST_IN_TWO_BYTES = 0xFFFF;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int LONGEST_HEADER = 10;

    private WebSocketFrames() {}

    public static ByteBuf text(byte[] utf8) {
        return begin(TEXT, utf8.length).writeBytes(utf8);
    }

    public static ByteBuf pong(ByteBuf payload) {
        return begin(PONG, payload.readableBytes()).writeBytes(
            payload,
            payload.readerIndex(),
            payload.readableBytes()
        );
    }

    /** The reasons of {@link CloseCode} are short enough for a control frame. */
    public static ByteBuf close(CloseCode code) {
        return close(code.code(), code.reason());
    }

    /** The answer to a client's own farewell; a code below 1000 stands for none. */
    public static ByteBuf close(int code, String reason) {
        if (code < 1000) {
            return begin(CLOSE, 0);
        }
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        return begin(CLOSE, utf8.length + Short.BYTES).writeShort(code).writeBytes(utf8);
    }

    private static ByteBuf begin(int opcode, int length) {
        ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_HEADER + length);
        frame.writeByte(FINAL | opcode);
        if (length <= LARGEST_IN_ONE_BYTE) {
            return frame.writeByte(length);
        }
        if (length <= LARGEST_IN_TWO_BYTES) {
            return frame.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
        }
        return frame.writeByte(LENGTH_IN_EIGHT_BYTES).writeLong(length);
    }
}
