package chat.parley.gateway.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class DrainingTest {

    private final Draining draining = new Draining();

    @Test
    void asksForNewConnectionsOnceItStops() {
        draining.start();
        assertThat(connectionHeader()).isNull();

        draining.stop();

        assertThat(connectionHeader()).isEqualTo("close");
    }

    private String connectionHeader() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        draining.filter(exchange, _ -> Mono.empty()).block(Duration.ofSeconds(5));
        return exchange.getResponse().getHeaders().getFirst(HttpHeaders.CONNECTION);
    }
}
