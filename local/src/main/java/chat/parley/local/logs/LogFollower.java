package chat.parley.local.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what is added to a log, line by line, through the moments when it does not exist yet or was cut short. */
public final class LogFollower {

    private static final int CHUNK_BYTES = 64 << 10;

    private final Path path;
    private final String prefix;
    private final PrintStream out;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long position;

    /** @param prefix put before each line, to tell logs apart */
    public LogFollower(Path path, String prefix, PrintStream out) {
        this.path = path;
        this.prefix = prefix;
        this.out = out;
    }

    /** Prints the last lines there are; {@link #printNew} goes on after them. */
    public void printTail(int lines) throws IOException {
        position = Files.exists(path) ? Files.size(path) : 0;
        new LogFile(path).tail(lines).forEach(line -> out.println(prefix + line));
    }

    /** @return whether there was anything new */
    public boolean printNew() throws IOException {
        if (!Files.exists(path)) {
            return false;
        }
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < position) {
                position = 0;
                unfinished.reset();
            }
            file.seek(position);
            byte[] chunk = new byte[CHUNK_BYTES];
            int read = file.read(chunk);
            if (read <= 0) {
                return false;
            }
            position += read;
            print(chunk, read);
            return true;
        }
    }

    private void print(byte[] chunk, int length) {
        int lineStart = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                unfinished.write(chunk, lineStart, i - lineStart);
                out.println(prefix + unfinished.toString(StandardCharsets.UTF_8));
                unfinished.reset();
                lineStart = i + 1;
            }
        }
        unfinished.write(chunk, lineStart, length - lineStart);
    }
}
