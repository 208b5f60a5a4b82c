package chat.parley.realtime.api;

import chat.parley.contracts.json.WireJson;
import chat.parley.service.problem.Failure;
import chat.parley.service.problem.Problem;
import chat.parley.service.problem.Unavailable;
import chat.parley.service.request.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What {@link PublishGate} answers: as the controllers would, counted and timed where they are. */
@Component
final class PublishAnswers {

    private static final byte[] DONE = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Timer done;
    private final Timer unavailable;

    PublishAnswers(MeterRegistry meters) {
        this.done = timer(meters, "200", "SUCCESS", "none");
        this.unavailable = timer(meters, "503", "SERVER_ERROR", Unavailable.class.getSimpleName());
    }

    /** Named and tagged as Spring names and tags its own. */
    private static Timer timer(MeterRegistry meters, String status, String outcome, String exception) {
        return Timer.builder("http.server.requests")
            .tag("method", "POST")
            .tag("uri", "/apps/{appId}/events")
            .tag("status", status)
            .tag("outcome", outcome)
            .tag("exception", exception)
            .tag("error", exception)
            .register(meters);
    }

    FullHttpResponse to(HttpRequest request, @Nullable Throwable failure, long nanos) {
        FullHttpResponse answer = failure == null ? done() : unavailable(request, failure);
        (failure == null ? done : unavailable).record(nanos, TimeUnit.NANOSECONDS);
        answer
            .headers()
            .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
            .set(RequestId.HEADER, RequestId.orNew(request.headers().get(RequestId.HEADER)));
        return answer;
    }

    private static FullHttpResponse done() {
        return answer(HttpResponseStatus.OK, MediaType.APPLICATION_JSON_VALUE, DONE);
    }

    private static FullHttpResponse unavailable(HttpRequest request, Throwable cause) {
        Failure failure = cause instanceof Failure told
            ? told
            : new Unavailable("Events cannot be taken right now.", RETRY_AFTER);
        String path = request.uri().substring(0, request.uri().indexOf('?'));
        FullHttpResponse answer = answer(
            HttpResponseStatus.valueOf(failure.status().value()),
            MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            WireJson.mapper().writeValueAsBytes(Problem.of(failure, path))
        );
        answer.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER.toSeconds());
        return answer;
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String mediaType, byte[] body) {
        var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
        return answer;
    }
}
