package chat.parley.media.uploading;

import chat.parley.service.problem.MalformedRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/**
 * Picks the first file called {@code file} out of a multipart form (RFC 7578, RFC 2046) while the form comes in, piece
 * by piece: nothing of it is kept but the line that is being read. Other parts are passed over.
 *
 * <p>Spring's reader is not used because it reads some hundred buffers ahead of whoever takes the parts, and releases
 * buffers twice when it is cancelled from within.
 */
final class FormReader {

    private static final String FILE = "file";
    private static final String DISPOSITION = "content-disposition:";
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_LINES = 200;

    private enum State {
        BETWEEN_PARTS,
        BOUNDARY_LINE,
        HEADERS,
        FILE,
        OTHER_PART,
        END,
    }

    /** What ends a part: a carriage return stands nowhere in it but at the start, so a mismatch starts all over. */
    private final byte[] delimiter;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private State state = State.BETWEEN_PARTS;
    // The form's first delimiter may stand at its very beginning, without a line's end before it.
    private int matched = 2;
    private int lines;
    private @Nullable ContentDisposition disposition;
    private @Nullable String filename;

    FormReader(String boundary) {
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Reads on.
     *
     * @return what of the file's content is in this piece or was held back from the one before; empty if nothing
     * @throws MalformedRequest if this is no form
     */
    ByteBuffer read(ByteBuffer piece) {
        ByteBuffer content = ByteBuffer.allocate(piece.remaining() + delimiter.length);
        while (piece.hasRemaining()) {
            byte next = piece.get();
            switch (state) {
                case BETWEEN_PARTS, OTHER_PART -> match(next, null);
                case FILE -> match(next, content);
                case BOUNDARY_LINE, HEADERS -> readLine(next);
                case END -> piece.position(piece.limit());
            }
        }
        return content.flip();
    }

    /** Where bytes that turn out to be no delimiter go to; nowhere if null. */
    private void match(byte next, @Nullable ByteBuffer content) {
        if (next != delimiter[matched]) {
            emit(content, matched);
            matched = 0;
        }
        if (next == delimiter[matched]) {
            matched++;
        } else if (content != null) {
            content.put(next);
        }
        if (matched == delimiter.length) {
            matched = 0;
            state = State.BOUNDARY_LINE;
        }
    }

    private void emit(@Nullable ByteBuffer content, int heldBack) {
        if (content != null) {
            content.put(delimiter, 0, heldBack);
        }
    }

    private void readLine(byte next) {
        if (next != '\n') {
            line.write(next);
            if (line.size() > LONGEST_LINE) {
                throw new MalformedRequest("A header of the form is too long.");
            }
            endAtLastBoundary();
            return;
        }
        if (++lines > MOST_LINES) {
            throw new MalformedRequest("The form has too many parts or headers.");
        }
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (state == State.BOUNDARY_LINE) {
            disposition = null;
            state = State.HEADERS;
        } else if (text.isEmpty()) {
            beginPart();
        } else {
            readHeader(text);
        }
    }

    /** Two hyphens after a boundary: there is no other part, and what follows is nobody's concern. */
    private void endAtLastBoundary() {
        if (
            state == State.BOUNDARY_LINE &&
            line.size() == 2 &&
            line.toString(StandardCharsets.US_ASCII).equals("--")
        ) {
            state = State.END;
        }
    }

    private void readHeader(String text) {
        if (!text.toLowerCase(Locale.ROOT).startsWith(DISPOSITION)) {
            return;
        }
        try {
            disposition = ContentDisposition.parse(text.substring(DISPOSITION.length()).strip());
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // The latter is what Spring's parser makes of a file name of one quotation mark.
            throw new MalformedRequest("A part's Content-Disposition cannot be read.");
        }
    }

    private void beginPart() {
        String name = fileNameOf(disposition);
        boolean wanted = filename == null && name != null;
        if (wanted) {
            filename = name;
        }
        state = wanted ? State.FILE : State.OTHER_PART;
    }

    private static @Nullable String fileNameOf(@Nullable ContentDisposition part) {
        return part != null && FILE.equals(part.getName()) ? part.getFilename() : null;
    }

    /** Whether the form has come to its own end; one that has not was cut off. */
    boolean isComplete() {
        return state == State.END;
    }

    /** What the client calls the file; null as long as no file has come. */
    @Nullable
    String filename() {
        return filename;
    }
}
