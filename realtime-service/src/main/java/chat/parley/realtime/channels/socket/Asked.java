package chat.parley.realtime.channels.socket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, and from where.
 *
 * @param origin of the page it is on; null if it is no browser
 * @param scheme by which it came as the peer has it; null if the peer says nothing
 */
record Asked(String uri, @Nullable String origin, @Nullable String scheme, @Nullable SocketAddress peer) {
    private static final String PROTO = "X-Forwarded-Proto";

    static Asked of(HttpRequest request, @Nullable SocketAddress peer) {
        return new Asked(
            request.uri(),
            request.headers().get(HttpHeaderNames.ORIGIN),
            request.headers().get(PROTO),
            peer
        );
    }
}
