package chat.parley.gateway.routing;

import java.util.List;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * A client like the gateway's, except that every socket has a connection made for it, by the event loop of its client: one
 * from the pool might be another loop's, and all that the socket hears would change threads.
 */
final class OwnConnections extends HttpClientFactory {

    OwnConnections(
        HttpClientProperties properties,
        ServerProperties serverProperties,
        HttpClientSslConfigurer ssl,
        List<HttpClientCustomizer> customizers
    ) {
        super(properties, serverProperties, ssl, customizers);
    }

    HttpClient client() {
        return createInstance();
    }

    @Override
    protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
        return ConnectionProvider.newConnection();
    }
}
