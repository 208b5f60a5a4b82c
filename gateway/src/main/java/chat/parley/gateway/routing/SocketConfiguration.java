package chat.parley.gateway.routing;

import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.reactive.socket.client.WebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;

/** How sockets are let in and led on. */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

    /** Puts {@link Sockets} around the library's own service, which cannot be replaced by a bean. */
    @Bean
    static BeanPostProcessor watchedSockets() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof WebSocketService service ? new Sockets(service) : bean;
            }
        };
    }

    /** Used for routes instead of the library's own. */
    @Bean
    @Primary
    WebSocketClient relayingClient(
        HttpClientProperties properties,
        ServerProperties serverProperties,
        HttpClientSslConfigurer ssl,
        List<HttpClientCustomizer> customizers
    ) {
        return new RelayingClient(
            new OwnConnections(properties, serverProperties, ssl, customizers).client()
        );
    }
}
