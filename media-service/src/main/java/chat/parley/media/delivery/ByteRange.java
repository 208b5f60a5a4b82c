package chat.parley.media.delivery;

import chat.parley.media.MediaFailure.RangeNotSatisfiable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRange;

/**
 * A part of a file, as RFC 9110, section 14, has it.
 *
 * @param first the first byte's place, from 0
 * @param last the last byte's place
 */
record ByteRange(long first, long last) {
    static ByteRange all(long size) {
        return new ByteRange(0, size - 1);
    }

    /**
     * The one range that is asked for. A header that is no range, or asks for several at once, is as if it were not
     * there: a server may always send everything.
     *
     * @throws RangeNotSatisfiable if the file ends before it
     */
    static Optional<ByteRange> requested(@Nullable String header, long size) {
        return parse(header).map(range -> within(range, size));
    }

    private static Optional<HttpRange> parse(@Nullable String header) {
        try {
            List<HttpRange> ranges = HttpRange.parseRanges(header);
            return ranges.size() == 1 ? Optional.of(ranges.getFirst()) : Optional.empty();
        } catch (IllegalArgumentException noRange) {
            return Optional.empty();
        }
    }

    private static ByteRange within(HttpRange range, long size) {
        long first = range.getRangeStart(size);
        if (first >= size) {
            throw new RangeNotSatisfiable();
        }
        return new ByteRange(first, range.getRangeEnd(size));
    }

    long length() {
        return last - first + 1;
    }
}
