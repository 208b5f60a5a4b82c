package chat.parley.media.uploading;

import chat.parley.media.MediaFile.Dimensions;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads how large an image is from its header, without decoding anything of it: no image can be too large for that.
 * A header that is broken, or not within the given bytes, has no size.
 */
final class ImageSize {

    private static final int LARGEST = 1 << 20;

    private ImageSize() {}

    /**
     * @param type the media type as it was found from the bytes
     * @param beginning the file's first bytes
     */
    static Optional<Dimensions> of(String type, byte[] beginning) {
        ByteBuffer bytes = ByteBuffer.wrap(beginning);
        try {
            return Optional.ofNullable(
                switch (type) {
                    case "image/png" -> png(bytes);
                    case "image/gif" -> gif(bytes);
                    case "image/bmp" -> bmp(bytes);
                    case "image/webp" -> webp(bytes);
                    case "image/jpeg" -> JpegHeader.dimensions(bytes);
                    default -> null;
                }
            ).filter(ImageSize::isPlausible);
        } catch (BufferUnderflowException | IndexOutOfBoundsException brokenOrTooLong) {
            return Optional.empty();
        }
    }

    private static boolean isPlausible(Dimensions size) {
        return size.width() > 0 && size.height() > 0 && size.width() <= LARGEST && size.height() <= LARGEST;
    }

    /** PNG (ISO/IEC 15948), 11.2.2: IHDR comes first, after eight bytes of signature, length and name. */
    private static Dimensions png(ByteBuffer bytes) {
        return new Dimensions(bytes.getInt(16), bytes.getInt(20));
    }

    /** GIF89a, 18: the logical screen. */
    private static Dimensions gif(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        return new Dimensions(unsignedShort(bytes, 6), unsignedShort(bytes, 8));
    }

    /** BITMAPINFOHEADER: a negative height means that the rows come from the top. */
    private static Dimensions bmp(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        return new Dimensions(bytes.getInt(18), Math.abs(bytes.getInt(22)));
    }

    /** RFC 9649, 2.5 to 2.7: lossy, lossless and extended files each have a header of their own. */
    private static Dimensions webp(ByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        String kind = StandardCharsets.US_ASCII.decode(bytes.slice(12, 4)).toString();
        return switch (kind) {
            case "VP8 " -> new Dimensions(
                unsignedShort(bytes, 26) & 0x3FFF,
                unsignedShort(bytes, 28) & 0x3FFF
            );
            case "VP8L" -> {
                int packed = bytes.getInt(21);
                yield new Dimensions((packed & 0x3FFF) + 1, ((packed >> 14) & 0x3FFF) + 1);
            }
            case "VP8X" -> new Dimensions((bytes.getInt(24) & 0xFFFFFF) + 1, (bytes.getInt(26) >>> 8) + 1);
            default -> new Dimensions(0, 0);
        };
    }

    private static int unsignedShort(ByteBuffer bytes, int index) {
        return Short.toUnsignedInt(bytes.getShort(index));
    }
}
