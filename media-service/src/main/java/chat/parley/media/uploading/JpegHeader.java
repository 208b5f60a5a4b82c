package chat.parley.media.uploading;

import chat.parley.media.MediaFile.Dimensions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the segments of a JPEG file (ITU T.81, annex B) to the frame header, and on the way takes the orientation
 * from the Exif segment: a picture that is shown turned by a quarter is as wide as its frame is high.
 */
final class JpegHeader {

    private static final int START_OF_SCAN = 0xDA;
    private static final int APP1 = 0xE1;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ORIENTATION = 0x0112;
    private static final int TIFF_ENTRY = 12;
    private static final int FIRST_QUARTER_TURN = 5;

    private JpegHeader() {}

    static @Nullable Dimensions dimensions(ByteBuffer bytes) {
        boolean turned = false;
        int at = 2;
        while (true) {
            int marker = Short.toUnsignedInt(bytes.getShort(at)) & 0xFF;
            if (marker == 0xFF) {
                // Any number of fill bytes may stand before a marker.
                at++;
                continue;
            }
            if (marker == START_OF_SCAN) {
                return null;
            }
            int length = Short.toUnsignedInt(bytes.getShort(at + 2));
            if (isFrame(marker)) {
                return frame(bytes, at + 5, turned);
            }
            if (marker == APP1 && isExif(bytes, at + 4)) {
                turned = isTurned(bytes.slice(at + 4 + EXIF.length, length - 2 - EXIF.length));
            }
            at += 2 + length;
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static Dimensions frame(ByteBuffer bytes, int at, boolean turned) {
        int height = Short.toUnsignedInt(bytes.getShort(at));
        int width = Short.toUnsignedInt(bytes.getShort(at + 2));
        return turned ? new Dimensions(height, width) : new Dimensions(width, height);
    }

    private static boolean isExif(ByteBuffer bytes, int at) {
        byte[] name = new byte[EXIF.length];
        bytes.get(at, name);
        return Arrays.equals(name, EXIF);
    }

    /** Exif 2.32, 4.6.4: orientations 5 to 8 are those with a quarter turn. */
    private static boolean isTurned(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * TIFF_ENTRY;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
                return tiff.getShort(entry + 8) >= FIRST_QUARTER_TURN;
            }
        }
        return false;
    }
}
