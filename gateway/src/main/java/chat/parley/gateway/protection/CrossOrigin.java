package chat.parley.gateway.protection;

import chat.parley.service.problem.Allowance;
import chat.parley.service.request.RequestId;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.WebFilter;

/**
 * Lets pages of configured origins call the API. Tokens are sent by scripts, not by browsers, so no page needs, or is
 * given, leave to send a browser's credentials along. Browsers' questions are answered here, before any token is
 * looked for and without being counted.
 */
@Configuration(proxyBeanMethods = false)
class CrossOrigin {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
    private static final List<String> PATHS = List.of("/api/**", "/broadcasting/**", "/media/**");
    private static final List<String> TOLD = List.of(
        Allowance.LIMIT,
        Allowance.REMAINING,
        Allowance.RESET,
        HttpHeaders.RETRY_AFTER,
        RequestId.HEADER
    );

    /** Outside the token check, inside what is done for every answer. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 3)
    WebFilter crossOriginCalls(CrossOriginProperties properties) {
        if (properties.origins().isEmpty()) {
            return (exchange, chain) -> chain.filter(exchange);
        }
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        CorsConfiguration rules = rules(properties);
        PATHS.forEach(path -> source.registerCorsConfiguration(path, rules));
        return new CorsWebFilter(source);
    }

    private static CorsConfiguration rules(CrossOriginProperties properties) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(properties.origins().stream().map(URI::toString).toList());
        rules.setAllowedMethods(List.copyOf(METHODS));
        rules.addAllowedHeader(CorsConfiguration.ALL);
        rules.setExposedHeaders(TOLD);
        rules.setMaxAge(properties.remembered());
        return rules;
    }
}
