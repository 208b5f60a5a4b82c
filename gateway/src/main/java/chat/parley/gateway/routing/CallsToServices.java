package chat.parley.gateway.routing;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/**
 * How services are called: each request once, for Reactor Netty by itself would repeat a POST whose connection breaks;
 * and on the event loops that serve the clients.
 */
@Component
final class CallsToServices implements HttpClientCustomizer {

    private final ReactorResourceFactory loops;

    CallsToServices(ReactorResourceFactory loops) {
        this.loops = loops;
    }

    @Override
    public HttpClient customize(HttpClient client) {
        return client.disableRetry(true).runOn(loops.getLoopResources());
    }
}
