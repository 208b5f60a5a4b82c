package chat.parley.local.logs;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One component's log, which its process appends to. */
public final class LogFile {

    /** Of a log, and of its predecessor, which is kept beside it. */
    static final long AT_MOST_BYTES = 20L << 20;

    private static final int TAIL_BYTES = 64 << 10;

    private final Path path;

    public LogFile(Path path) {
        this.path = path;
    }

    /**
     * Moves what was written to the predecessor if it has become too much. The file itself stays, because its process
     * holds it open; since that appends, it goes on at the new end. A line or two written during the copy is lost.
     */
    public void bound() throws IOException {
        if (Files.exists(path) && Files.size(path) > AT_MOST_BYTES) {
            Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), REPLACE_EXISTING);
            try (var file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
        }
    }

    /** At most this many lines, from the end; none if nothing was ever written. */
    public List<String> tail(int lines) throws IOException {
        List<String> end = end(Files.exists(path) ? Files.size(path) : 0).lines().toList();
        return end.subList(Math.max(0, end.size() - lines), end.size());
    }

    private String end(long size) throws IOException {
        long from = Math.max(0, size - TAIL_BYTES);
        String text = read(from, size);
        // The first line is cut somewhere, unless the file starts there.
        return from == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }

    private String read(long from, long to) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate((int) (to - from));
            file.read(bytes, from);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException nothingYet) {
            return "";
        }
    }
}
