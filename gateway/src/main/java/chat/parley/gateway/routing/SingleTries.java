package chat.parley.gateway.routing;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/** Keeps Reactor Netty from sending a request again when its connection breaks: by itself it would repeat a POST. */
@Component
final class SingleTries implements HttpClientCustomizer {

    @Override
    public HttpClient customize(HttpClient client) {
        return client.disableRetry(true);
    }
}
