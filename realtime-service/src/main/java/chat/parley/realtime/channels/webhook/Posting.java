package chat.parley.realtime.channels.webhook;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Webhook;
import chat.parley.realtime.channels.webhook.Lane.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * Posts one call to an app's server, signed as Pusher's webhooks are. Follows no redirects, and reads only some of an
 * answer: nothing in it matters but its status.
 */
@Component
class Posting {

    private static final Logger log = LoggerFactory.getLogger(Posting.class);
    private static final int MAX_ANSWER = 8 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ConnectionProvider connections;
    /** Not those of the sockets: what an app's server does is no matter of theirs. */
    private final LoopResources loop = LoopResources.create("webhooks", 1, true);
    private final HttpClient http;
    private final WebhooksProperties properties;

    Posting(WebhooksProperties properties) {
        this.properties = properties;
        // Each URL's lane bounds its calls; the pool must not be what one of them waits for behind another's.
        this.connections = ConnectionProvider.builder("webhooks")
            .maxConnections(properties.inHand())
            .maxIdleTime(IDLE)
            .build();
        this.http = HttpClient.create(connections)
            .runOn(loop)
            .followRedirect(false)
            .disableRetry(true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis());
    }

    Mono<Outcome> post(App app, Webhook webhook, String body) {
        return http
            .headers(headers -> head(headers, app, webhook, body))
            .post()
            .uri(webhook.url())
            .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)))
            .response(Posting::status)
            .next()
            .timeout(properties.timeout())
            .map(status -> outcome(webhook, status))
            .onErrorResume(failure -> failed(webhook, failure));
    }

    private static void head(HttpHeaders headers, App app, Webhook webhook, String body) {
        webhook.headers().forEach(headers::set);
        // Exactly this: Pusher's server libraries compare it as a whole.
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.getBytes(StandardCharsets.UTF_8).length);
        headers.set("X-Pusher-Key", app.key());
        headers.set("X-Pusher-Signature", app.sign(body));
    }

    /** A short answer is read to its end, so that the connection can be used again; beyond that it is cut off. */
    private static Mono<Integer> status(HttpClientResponse answer, ByteBufFlux content) {
        return content
            .map(ByteBuf::readableBytes)
            .scan(0, Integer::sum)
            .takeUntil(read -> read > MAX_ANSWER)
            .then(Mono.just(answer.status().code()));
    }

    private static Outcome outcome(Webhook webhook, int status) {
        if (status >= 200 && status < 300) {
            return Outcome.DELIVERED;
        }
        log.info("{} answered a webhook with {}", webhook.url(), status);
        return Outcome.FAILED;
    }

    /** Whatever it was that came of the network, of the other's TLS, of its HTTP: the call was not taken. */
    private static Mono<Outcome> failed(Webhook webhook, Throwable failure) {
        log.info("{} could not be told by a webhook: {}", webhook.url(), failure.toString());
        return Mono.just(Outcome.FAILED);
    }

    @PreDestroy
    void stop() {
        connections.dispose();
        loop.dispose();
    }
}
