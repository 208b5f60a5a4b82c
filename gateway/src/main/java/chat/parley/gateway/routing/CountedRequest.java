package chat.parley.gateway.routing;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** A request whose body fails with {@link BodyTooLarge} as soon as it has grown beyond its limit. */
final class CountedRequest extends ServerHttpRequestDecorator {

    private final DataSize limit;

    CountedRequest(ServerHttpRequest request, DataSize limit) {
        super(request);
        this.limit = limit;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> {
            AtomicLong seen = new AtomicLong();
            return super.getBody().handle((buffer, out) -> pass(buffer, seen, out));
        });
    }

    private void pass(DataBuffer buffer, AtomicLong seen, SynchronousSink<DataBuffer> out) {
        if (seen.addAndGet(buffer.readableByteCount()) <= limit.toBytes()) {
            out.next(buffer);
        } else {
            DataBufferUtils.release(buffer);
            out.error(new BodyTooLarge(limit));
        }
    }
}
