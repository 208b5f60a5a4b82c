package chat.parley.gateway.protection;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Ends connections that nobody uses and requests that trickle in, mends addresses, and compresses answers that gain
 * by it.
 */
@Configuration(proxyBeanMethods = false)
class Connections implements NettyServerCustomizer {

    private static final int OK = 200;
    private static final WellFormedAddresses ADDRESSES = new WellFormedAddresses();

    private final ConnectionProperties properties;

    Connections(ConnectionProperties properties) {
        this.properties = properties;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server
            .idleTimeout(properties.idleTimeout())
            .readTimeout(properties.readTimeout())
            .compress(this::gainsByCompression)
            .doOnChannelInit((_, channel, _) ->
                channel
                    .pipeline()
                    .addAfter(NettyPipeline.HttpCodec, "well-formed-addresses", ADDRESSES)
                    .addAfter(
                        NettyPipeline.HttpCodec,
                        "request-guard",
                        new RequestGuard(properties.headersWithin())
                    )
            );
    }

    /** Never a part of a file, whose bytes are counted, nor users' files, which are mostly compressed already. */
    private boolean gainsByCompression(HttpServerRequest request, HttpServerResponse response) {
        return (
            response.status().code() == OK &&
            !request.uri().startsWith("/media/") &&
            isCompressible(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE)) &&
            isLarge(response.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH))
        );
    }

    private boolean isCompressible(@Nullable String contentType) {
        return contentType != null && properties.compressed().contains(contentType.split(";", 2)[0].trim());
    }

    private boolean isLarge(@Nullable String length) {
        return length == null || Long.parseLong(length) >= properties.compressFrom().toBytes();
    }
}
