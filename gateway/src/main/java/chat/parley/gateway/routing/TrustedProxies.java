package chat.parley.gateway.routing;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The machines in front of the gateway whose word about a request's origin counts: none, unless configured. */
@Component
final class TrustedProxies {

    private final List<Network> networks;

    TrustedProxies(RoutingProperties properties) {
        this.networks = properties.trustedProxies().stream().map(Network::parse).toList();
    }

    boolean include(@Nullable InetSocketAddress peer) {
        InetAddress address = peer == null ? null : peer.getAddress();
        return address != null && networks.stream().anyMatch(network -> network.contains(address));
    }
}
