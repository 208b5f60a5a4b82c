package chat.parley.media.delivery;

import chat.parley.media.MediaFailure.RangeNotSatisfiable;
import chat.parley.media.MediaFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What is sent of a file, decided from the request's headers alone.
 *
 * @param range the bytes to send; null if none are
 */
record Delivery(HttpStatus status, HttpHeaders headers, @Nullable ByteRange range) {
    private static final CacheControl FOR_A_DAY = CacheControl.maxAge(Duration.ofDays(1))
        .cachePrivate()
        .immutable();

    static Delivery of(MediaFile file, ServerHttpRequest request) {
        HttpHeaders asked = request.getHeaders();
        String etag = '"' + file.sha256() + '"';
        HttpHeaders headers = headersOf(file, etag);
        if (matches(asked, etag)) {
            return new Delivery(HttpStatus.NOT_MODIFIED, headers, null);
        }
        headers.setContentType(MediaType.parseMediaType(file.type()));
        headers.setContentDisposition(dispositionOf(file));
        boolean bytesWanted = request.getMethod().equals(HttpMethod.GET);
        if (!bytesWanted) {
            headers.setContentLength(file.size());
            return new Delivery(HttpStatus.OK, headers, null);
        }
        return ofRange(file, rangeAskedFor(asked, etag), headers);
    }

    private static Delivery ofRange(MediaFile file, @Nullable String asked, HttpHeaders headers) {
        ByteRange part;
        try {
            part = ByteRange.requested(asked, file.size()).orElse(null);
        } catch (RangeNotSatisfiable _) {
            headers.clear();
            headers.set(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size());
            return new Delivery(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers, null);
        }
        ByteRange range = part == null ? ByteRange.all(file.size()) : part;
        headers.setContentLength(range.length());
        if (part == null) {
            return new Delivery(HttpStatus.OK, headers, range);
        }
        headers.set(
            HttpHeaders.CONTENT_RANGE,
            "bytes " + range.first() + "-" + range.last() + "/" + file.size()
        );
        return new Delivery(HttpStatus.PARTIAL_CONTENT, headers, range);
    }

    private static HttpHeaders headersOf(MediaFile file, String etag) {
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(etag);
        headers.setLastModified(file.uploadedAt());
        headers.setCacheControl(FOR_A_DAY);
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set("X-Content-Type-Options", "nosniff");
        // Should a browser show it as a page after all, nothing in it runs, loads or sends.
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        return headers;
    }

    private static ContentDisposition dispositionOf(MediaFile file) {
        ContentDisposition.Builder how = SafeTypes.include(file.type())
            ? ContentDisposition.inline()
            : ContentDisposition.attachment();
        return how.filename(file.name(), StandardCharsets.UTF_8).build();
    }

    private static boolean matches(HttpHeaders asked, String etag) {
        return known(asked)
            .stream()
            .map(known -> known.startsWith("W/") ? known.substring(2) : known)
            .anyMatch(known -> known.equals("*") || known.equals(etag));
    }

    /** A header that names no version is as if it were not there. */
    private static List<String> known(HttpHeaders asked) {
        try {
            return asked.getIfNoneMatch();
        } catch (IllegalArgumentException noVersion) {
            return List.of();
        }
    }

    /** None if it was to continue another version of the file than this one. */
    private static @Nullable String rangeAskedFor(HttpHeaders asked, String etag) {
        String condition = asked.getFirst(HttpHeaders.IF_RANGE);
        return condition == null || condition.equals(etag) ? asked.getFirst(HttpHeaders.RANGE) : null;
    }
}
