package chat.parley.realtime.api;

import chat.parley.service.security.PublicPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Apps' servers do not sign in: they sign each request, which {@link SignedRequest} checks. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

    @Bean
    PublicPaths appsApi() {
        return PublicPaths.of("/apps/**");
    }
}
