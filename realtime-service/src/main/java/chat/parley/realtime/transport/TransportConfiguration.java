package chat.parley.realtime.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Has the web server, its sockets and all calls to other services share the event loops of one transport. */
@Configuration(proxyBeanMethods = false)
class TransportConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TransportConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    ReactorResourceFactory reactorResourceFactory(TransportProperties properties) {
        Transport.Selection selection = Transport.select(properties.transport());
        log.info("{} event loops use {}: {}", properties.loops(), selection.transport(), selection.why());
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() -> new EventLoops(selection.transport(), properties.loops()));
        return resources;
    }
}
