package chat.parley.realtime.channels.socket;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The machines in front of this one whose word about how a client came counts: none, unless configured. */
@Component
final class TrustedProxies {

    private final List<IpSubnetFilterRule> networks;

    TrustedProxies(EntranceProperties properties) {
        networks = properties.trustedProxies().stream().map(TrustedProxies::network).toList();
    }

    private static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        int whole = address.contains(":") ? 128 : 32;
        int prefix = slash < 0 ? whole : Integer.parseInt(text.substring(slash + 1));
        return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
    }

    boolean include(@Nullable SocketAddress peer) {
        return (
            peer instanceof InetSocketAddress address &&
            networks.stream().anyMatch(network -> network.matches(address))
        );
    }
}
