package chat.parley.gateway.routing;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * A service's answer that has begun. Its connection is free for others when the answer has been read to its end, and is
 * closed otherwise.
 */
record Answer(HttpClientResponse head, Connection connection) {
    /** What is written in one go. Longer answers, and those that do not say how long they are, are passed on as they come. */
    private static final int SHORT = 64 * 1024;

    int status() {
        return head.status().code();
    }

    boolean has(CharSequence header) {
        return head.responseHeaders().contains(header);
    }

    /** Nobody wants to have it. */
    void drop() {
        connection.dispose();
    }

    /**
     * Writes it as the client's answer.
     *
     * @return fails with {@link AnswerCutOff} if the service breaks off
     */
    Mono<Void> writeTo(ServerHttpResponse response) {
        return written(response)
            .doOnError(_ -> drop())
            .doOnCancel(this::drop);
    }

    private Mono<Void> written(ServerHttpResponse response) {
        if (!hasBody()) {
            return headAlone(response);
        }
        return isShort() ? inOneGo(response) : asItComes(response);
    }

    /** Where there is none, a length is that of the body another call would have had. */
    private boolean hasBody() {
        return (
            !head.method().equals(HttpMethod.HEAD) &&
            !head.status().equals(HttpResponseStatus.NO_CONTENT) &&
            !head.status().equals(HttpResponseStatus.NOT_MODIFIED) &&
            length() != 0
        );
    }

    private boolean isShort() {
        return length() > 0 && length() <= SHORT;
    }

    /** In bytes; −1 if it is not said, or beyond all that is short. */
    private int length() {
        return head.responseHeaders().getInt(HttpHeaderNames.CONTENT_LENGTH, -1);
    }

    private Mono<Void> headAlone(ServerHttpResponse response) {
        Mono<Void> end = Mono.defer(() -> {
            writeHead(response);
            return response.setComplete();
        });
        return body().then(end);
    }

    private Mono<Void> inOneGo(ServerHttpResponse response) {
        return body()
            .aggregate()
            .retain()
            .flatMap(bytes -> {
                writeHead(response);
                return response.writeWith(Mono.just(buffer(response, bytes)));
            });
    }

    private Mono<Void> asItComes(ServerHttpResponse response) {
        writeHead(response);
        Flux<DataBuffer> buffers = body()
            .retain()
            .map(bytes -> buffer(response, bytes));
        return has(HttpHeaderNames.CONTENT_LENGTH)
            ? response.writeWith(buffers)
            : response.writeAndFlushWith(buffers.map(Flux::just));
    }

    /**
     * Spring takes "connection reset by peer" for a client that has gone and ends the request quietly. If it was the
     * service that reset its connection, half an answer would look like a whole one then; so such a break has another name
     * here, and breaks the client's connection as well.
     */
    private ByteBufFlux body() {
        return ByteBufFlux.fromInbound(
            connection.inbound().receive().onErrorMap(AnswerCutOff::new),
            connection.channel().alloc()
        );
    }

    private static DataBuffer buffer(ServerHttpResponse response, ByteBuf bytes) {
        return ((NettyDataBufferFactory) response.bufferFactory()).wrap(bytes);
    }

    private void writeHead(ServerHttpResponse response) {
        response.setRawStatusCode(status());
        HttpHeaders headers = new DefaultHttpHeaders().add(head.responseHeaders());
        ConnectionHeaders.removeFrom(headers);
        for (Map.Entry<String, String> header : headers) {
            response.getHeaders().add(header.getKey(), header.getValue());
        }
    }
}
