package chat.parley.realtime.api;

import chat.parley.service.security.PublicPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/** Apps' servers do not sign in: they sign each request, which {@link SignedRequest} checks. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

    @Bean
    PublicPaths appsApi() {
        return PublicPaths.of("/apps/**");
    }

    /** A channel's name may hold a semicolon, and the API has it in the path; nothing here reads path parameters. */
    @Bean
    ServerWebExchangeFirewall firewallForChannelNames() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowSemicolon(true);
        return firewall;
    }
}
