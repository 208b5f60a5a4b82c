package chat.parley.local.transfer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8, none of which takes more memory than it may. */
final class BoundedLines {

    private final InputStream in;
    private final int most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    /** @param most in bytes */
    BoundedLines(InputStream in, int most) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.most = most;
    }

    /** Without its end; null behind the last one. What is no UTF-8 becomes U+FFFD. */
    @Nullable
    String next() throws IOException {
        line.reset();
        cut = false;
        int read = in.read();
        if (read < 0) {
            return null;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            take(read);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void take(int read) {
        if (line.size() < most) {
            line.write(read);
        } else {
            cut = true;
        }
    }

    /** Whether the last line was longer than lines may be, and is not all there. */
    boolean wasCut() {
        return cut;
    }
}
