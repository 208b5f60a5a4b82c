package chat.parley.service.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** A service that asks another one for each request: what the other one hears of whose request it is. */
class CallsAlongTheWayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final DisposableServer other = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle((request, response) -> response.sendString(Mono.just(heard(request))))
        .bindNow();
    private final DisposableServer service = HttpServer.create()
        .host("127.0.0.1")
        .port(0)
        .handle(
            new ReactorHttpHandlerAdapter(
                WebHttpHandlerBuilder.webHandler(this::ask).filter(new RequestIdFilter()).build()
            )
        )
        .bindNow();
    private final WebClient client = clientOfServices();

    private static WebClient clientOfServices() {
        WebClient.Builder builder = WebClient.builder();
        new RequestConfiguration().requestIdOnCallsToOtherServices().customize(builder);
        return builder.build();
    }

    private static String heard(HttpServerRequest request) {
        return String.join(
            " ",
            String.valueOf(request.requestHeaders().get(RequestId.HEADER)),
            String.valueOf(request.requestHeaders().get(TraceContext.PARENT)),
            String.valueOf(request.requestHeaders().get(TraceContext.STATE))
        );
    }

    private Mono<Void> ask(ServerWebExchange exchange) {
        Mono<byte[]> answer = client
            .get()
            .uri("http://127.0.0.1:" + other.port())
            .retrieve()
            .bodyToMono(byte[].class);
        return exchange
            .getResponse()
            .writeWith(answer.map(bytes -> exchange.getResponse().bufferFactory().wrap(bytes)));
    }

    @AfterEach
    void end() {
        service.disposeNow();
        other.disposeNow();
    }

    @Test
    void nameTheRequestAndItsTrace() {
        String heard = call(Map.of("X-Request-Id", "r-1", "traceparent", TRACE, "tracestate", "a=1,b=2"));

        assertThat(heard).isEqualTo("r-1 " + TRACE + " a=1,b=2");
    }

    @Test
    void nameNoTraceWhereThereIsNone() {
        assertThat(call(Map.of("X-Request-Id", "r-1"))).isEqualTo("r-1 null null");
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "nonsense", TRACE + "0", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01" }
    )
    void leaveOutWhatIsNoTrace(String parent) {
        String heard = call(Map.of("X-Request-Id", "r-1", "traceparent", parent, "tracestate", "a=1"));

        assertThat(heard).isEqualTo("r-1 null null");
    }

    @Test
    void leaveOutAStateThatIsTooLong() {
        String heard = call(
            Map.of("X-Request-Id", "r-1", "traceparent", TRACE, "tracestate", "a=" + "1".repeat(511))
        );

        assertThat(heard).isEqualTo("r-1 " + TRACE + " null");
    }

    private String call(Map<String, String> headers) {
        return WebClient.create("http://127.0.0.1:" + service.port())
            .get()
            .headers(all -> headers.forEach(all::set))
            .retrieve()
            .bodyToMono(String.class)
            .block(PATIENCE);
    }
}
