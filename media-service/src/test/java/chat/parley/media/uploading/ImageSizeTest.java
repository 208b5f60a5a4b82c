package chat.parley.media.uploading;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.media.MediaFile.Dimensions;
import chat.parley.media.Pictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {

    @ParameterizedTest
    @CsvSource({ "png", "jpeg", "gif", "bmp" })
    void readsWhatAnotherProgramHasWritten(String format) {
        assertThat(ImageSize.of("image/" + format, Pictures.of(format, 321, 123))).contains(
            new Dimensions(321, 123)
        );
    }

    /** The headers of RFC 9649, written by hand: 640 × 480 each. */
    @Test
    void readsTheThreeKindsOfWebp() {
        ByteBuffer lossy = webp("VP8 ").putShort(26, (short) 640).putShort(28, (short) 480);
        ByteBuffer lossless = webp("VP8L").put(20, (byte) 0x2F).putInt(21, 639 | (479 << 14));
        ByteBuffer extended = webp("VP8X")
            .putInt(24, 639)
            .put(27, (byte) (479 & 0xFF))
            .put(28, (byte) (479 >> 8));

        for (ByteBuffer image : new ByteBuffer[] { lossy, lossless, extended }) {
            assertThat(ImageSize.of("image/webp", image.array())).contains(new Dimensions(640, 480));
        }
    }

    @ParameterizedTest
    @CsvSource({ "1, 300, 200", "3, 300, 200", "6, 200, 300", "8, 200, 300" })
    void turnsPhotographsAsTheyAreShown(int orientation, int width, int height) {
        byte[] photograph = withOrientation(Pictures.of("jpeg", 300, 200), orientation);

        assertThat(ImageSize.of("image/jpeg", photograph)).contains(new Dimensions(width, height));
    }

    @ParameterizedTest
    @ValueSource(strings = { "png", "jpeg", "gif", "bmp" })
    void knowsNothingOfBrokenHeadersAndNeverFails(String format) {
        byte[] image = Pictures.of(format, 20, 10);
        Random random = new Random(7);

        for (int length = 0; length < 10; length++) {
            assertThat(ImageSize.of("image/" + format, Arrays.copyOf(image, length))).isEmpty();
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = image.clone();
            for (int b = 0; b < 4; b++) {
                broken[random.nextInt(Math.min(broken.length, 200))] = (byte) random.nextInt();
            }
            ImageSize.of("image/" + format, Arrays.copyOf(broken, random.nextInt(broken.length)));
        }
    }

    @Test
    void hasNoSizeForOtherTypes() {
        assertThat(ImageSize.of("text/plain", Pictures.of("png", 2, 2))).isEmpty();
    }

    private static ByteBuffer webp(String kind) {
        ByteBuffer image = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        image
            .put(0, "RIFF".getBytes(StandardCharsets.US_ASCII))
            .put(8, "WEBP".getBytes(StandardCharsets.US_ASCII));
        return image.put(12, kind.getBytes(StandardCharsets.US_ASCII));
    }

    /** Puts an Exif segment with one entry after the file's first two bytes. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif
            .putShort((short) 0xFFE1)
            .putShort((short) 34)
            .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        exif
            .putShort((short) 0x0112)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .putShort((short) 0);
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + exif.capacity());
        return all.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
    }
}
