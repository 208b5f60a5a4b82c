package chat.parley.message.archive;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** DEFLATE, from and to memory. */
public final class Compression {

    private static final int STEP = 16 * 1024;

    private Compression() {}

    public static byte[] compress(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 2 + STEP);
            byte[] step = new byte[STEP];
            while (!deflater.finished()) {
                compressed.write(step, 0, deflater.deflate(step));
            }
            return compressed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * @param most how many bytes it may become
     * @throws IllegalArgumentException if it is damaged, cut off, or becomes more than that
     */
    public static byte[] decompress(byte[] compressed, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            ByteArrayOutputStream content = new ByteArrayOutputStream(4 * compressed.length);
            byte[] step = new byte[STEP];
            while (!inflater.finished()) {
                int count = inflater.inflate(step);
                boolean isCutOff = count == 0 && !inflater.finished();
                if (isCutOff || content.size() + count > most) {
                    throw new IllegalArgumentException("cut off, or more than " + most + " bytes");
                }
                content.write(step, 0, count);
            }
            return content.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("damaged", e);
        } finally {
            inflater.end();
        }
    }
}
