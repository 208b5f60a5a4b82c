package chat.parley.gateway.routing;

import io.netty.buffer.ByteBuf;

/**
 * Follows the frames that a service sends (RFC 6455, section 5.2: without a mask) through a stream of bytes, however that
 * is cut, to know where one has ended. It looks at nothing but their lengths.
 */
final class FrameEnds {

    private static final int LENGTH = 0x7F;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;

    private int headerBytes;
    private int lengthBytes;
    private long left;

    /** Whether all that has passed was whole frames. */
    boolean atEnd() {
        return headerBytes == 0 && left == 0;
    }

    /** All of these bytes pass. */
    void pass(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            at = passOne(bytes, at);
        }
    }

    /**
     * Those of these bytes pass that belong to the frame that has begun before them.
     *
     * @return how many they are
     */
    int passRest(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (!atEnd() && at < bytes.writerIndex()) {
            at = passOne(bytes, at);
        }
        return at - bytes.readerIndex();
    }

    /** Returns where to go on: behind a byte of a header, or behind as much of a payload as there is. */
    private int passOne(ByteBuf bytes, int at) {
        if (headerBytes == 0 && left > 0) {
            int there = (int) Math.min(left, bytes.writerIndex() - at);
            left -= there;
            return at + there;
        }
        passHeader(bytes.getUnsignedByte(at));
        return at + 1;
    }

    private void passHeader(int octet) {
        headerBytes++;
        if (headerBytes == 2) {
            int length = octet & LENGTH;
            lengthBytes = switch (length) {
                case LENGTH_IN_TWO_BYTES -> Short.BYTES;
                case LENGTH_IN_EIGHT_BYTES -> Long.BYTES;
                default -> 0;
            };
            left = lengthBytes == 0 ? length : 0;
        } else if (headerBytes > 2) {
            left = (left << Byte.SIZE) | octet;
        }
        if (headerBytes == 2 + lengthBytes) {
            headerBytes = 0;
            lengthBytes = 0;
        }
    }
}
