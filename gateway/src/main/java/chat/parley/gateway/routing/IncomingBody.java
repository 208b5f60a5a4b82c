package chat.parley.gateway.routing;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * A request whose body fails as soon as it has grown beyond its limit or falls behind its pace, and that knows how far
 * its body has come: a service cannot be blamed for a client that does not finish its question.
 */
final class IncomingBody extends ServerHttpRequestDecorator {

    private static final String ATTRIBUTE = IncomingBody.class.getName();

    private final DataSize limit;
    private final Pace pace;
    private final long since = System.nanoTime();
    private final AtomicLong seen = new AtomicLong();
    private volatile long completeAt;
    private volatile boolean broken;

    private IncomingBody(ServerHttpRequest request, DataSize limit, Pace pace) {
        super(request);
        this.limit = limit;
        this.pace = pace;
    }

    static boolean isIn(ServerHttpRequest request) {
        return (
            request.getHeaders().getContentLength() > 0 ||
            request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)
        );
    }

    /** The same exchange, with its body watched. */
    static ServerWebExchange watch(ServerWebExchange exchange, DataSize limit, Pace pace) {
        IncomingBody body = new IncomingBody(exchange.getRequest(), limit, pace);
        exchange.getAttributes().put(ATTRIBUTE, body);
        return exchange.mutate().request(body).build();
    }

    /** Null if the request has none. */
    static @Nullable IncomingBody of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super
            .getBody()
            // Reactor Netty's own read timeout would close the connection before it is answered.
            .timeout(pace.silence())
            .onErrorMap(TimeoutException.class, _ -> new BodyTooSlow())
            .handle(this::pass)
            .doOnComplete(() -> completeAt = System.nanoTime())
            .doOnError(_ -> broken = true);
    }

    private void pass(DataBuffer buffer, SynchronousSink<DataBuffer> out) {
        long bytes = seen.addAndGet(buffer.readableByteCount());
        if (bytes > limit.toBytes()) {
            DataBufferUtils.release(buffer);
            out.error(new BodyTooLarge(limit));
        } else if (pace.isBehind(bytes, System.nanoTime() - since)) {
            DataBufferUtils.release(buffer);
            out.error(new BodyTooSlow());
        } else {
            out.next(buffer);
        }
    }

    /** It was too large, too slow, or ended with the client's connection. */
    boolean isBroken() {
        return broken;
    }

    boolean isComplete() {
        return completeAt != 0;
    }

    /** As {@link System#nanoTime()} has it. */
    long completeAt() {
        return completeAt;
    }
}
