package chat.parley.gateway.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.Resource;

/**
 * The page that starts the web client.
 *
 * @param etag the page's version, found from its bytes: build times are constant and tell nothing
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never leaves the package.
record IndexPage(byte[] html, String etag) {
    private static final int ETAG_CHARS = 32;

    static IndexPage read(Resource resource) {
        try {
            byte[] html = resource.getContentAsByteArray();
            return new IndexPage(html, etagOf(html));
        } catch (IOException e) {
            throw new UncheckedIOException("the web client's page cannot be read", e);
        }
    }

    static String etagOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash).substring(0, ETAG_CHARS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
