package chat.parley.local.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with rooms of another chat, read from its beginning in constant memory. */
sealed interface Archive permits JsonLines, SlackExport {
    /** In bytes of the file. */
    long size();

    /**
     * @throws Unreadable if it ends in the middle or is not what it seemed; what was read until then counts
     */
    void read(Intake intake) throws IOException;

    /** What the file is, by its first bytes and not by its name. */
    static Archive at(Path file, Room.Type roomType) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        }
        boolean isZip =
            start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        return isZip ? new SlackExport(file) : new JsonLines(file, roomType);
    }

    /** The file as a whole is of no use, or from here on. */
    final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
