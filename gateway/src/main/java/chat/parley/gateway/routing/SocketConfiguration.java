package chat.parley.gateway.routing;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import org.springframework.web.reactive.socket.server.WebSocketService;

/**
 * Puts {@link Sockets} around the library's own service, and {@link RelayingClient} in the place of its client: neither can
 * be replaced by a bean.
 */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

    @Bean
    static BeanPostProcessor watchedSockets() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return switch (bean) {
                    case WebSocketService service -> new Sockets(service);
                    case ReactorNettyWebSocketClient client -> new RelayingClient(client.getHttpClient());
                    default -> bean;
                };
            }
        };
    }
}
