package chat.parley.gateway.routing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Headers that are about one connection, and are never handed on to the next: RFC 9110, section 7.6.1. */
final class ConnectionHeaders {

    private static final List<CharSequence> NAMES = List.of(
        HttpHeaderNames.CONNECTION,
        "keep-alive",
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.TE,
        HttpHeaderNames.TRAILER,
        HttpHeaderNames.PROXY_AUTHORIZATION,
        HttpHeaderNames.PROXY_AUTHENTICATE,
        HttpHeaderNames.UPGRADE
    );

    private ConnectionHeaders() {}

    /** Leaves none of them, nor any that the connection's two ends have made one. */
    static void removeFrom(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.CONNECTION)) {
            for (String option : headers.getAllAsString(HttpHeaderNames.CONNECTION)) {
                for (String name : option.split(",")) {
                    headers.remove(name.strip());
                }
            }
        }
        NAMES.forEach(headers::remove);
    }
}
