package chat.parley.gateway.protection;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/**
 * Spring Security's firewall, with a quick way for what everybody sends. It looks at a header each time that it is read,
 * by a pattern over Unicode's categories; for a token of some hundred characters, that is more work than to know the token.
 */
@Configuration(proxyBeanMethods = false)
class Firewall {

    @Bean
    ServerWebExchangeFirewall quickFirewall() {
        StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowedHeaderNames(orPlain(StrictServerWebExchangeFirewall.ALLOWED_HEADER_NAMES));
        firewall.setAllowedHeaderValues(orPlain(StrictServerWebExchangeFirewall.ALLOWED_HEADER_VALUES));
        return firewall;
    }

    /** Plain text passes the pattern in any case. */
    static Predicate<String> orPlain(Predicate<String> pattern) {
        return text -> isPlain(text) || pattern.test(text);
    }

    private static boolean isPlain(@Nullable String text) {
        if (text == null) {
            return true;
        }
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next < ' ' || next > '~') {
                return false;
            }
        }
        return true;
    }
}
