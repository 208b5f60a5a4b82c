package chat.parley.gateway;

import java.net.InetAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The machines in front of the gateway whose word about a request's origin counts: none, unless configured.
 *
 * @param trustedProxies addresses and networks, such as {@code 10.0.0.0/8}
 */
@ConfigurationProperties("parley.gateway")
public record TrustedProxies(@DefaultValue List<Network> trustedProxies) {
    public TrustedProxies {
        trustedProxies = List.copyOf(trustedProxies);
    }

    public boolean include(InetAddress address) {
        for (Network network : trustedProxies) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
