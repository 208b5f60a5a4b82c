package chat.parley.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The way a request came: its client first, then the proxies that passed it on, each named by one that is trusted.
 *
 * @param way never empty
 */
public record Origin(List<InetAddress> way) {
    /** Where proxies write it. */
    public static final String HEADER = "X-Forwarded-For";

    /** Empty elements of a list mean nothing: RFC 9110, section 5.6.1. */
    private static final Pattern COMMAS = Pattern.compile("[, \\t]+");
    private static final int V6_NETWORK_BYTES = 8;
    private static final InetAddress NOWHERE = InetAddress.ofLiteral("0.0.0.0");

    public Origin {
        way = List.copyOf(way);
    }

    /**
     * Walks from the peer towards the client for as long as those who name the one before them are trusted. The first
     * who is not, is the client: what that one wrote about others is anybody's invention.
     */
    public static Origin of(ServerHttpRequest request, TrustedProxies proxies) {
        InetAddress peer = peerOf(request);
        if (!proxies.include(peer)) {
            return new Origin(List.of(peer));
        }
        Deque<InetAddress> way = new ArrayDeque<>(List.of(peer));
        String[] named = COMMAS.split(String.join(",", request.getHeaders().getOrEmpty(HEADER)));
        for (int at = named.length - 1; at >= 0 && proxies.include(way.getFirst()); at--) {
            InetAddress before = ForwardedAddress.parse(named[at]);
            if (before == null) {
                break;
            }
            way.addFirst(before);
        }
        return new Origin(List.copyOf(way));
    }

    private static InetAddress peerOf(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        InetAddress address = peer == null ? null : peer.getAddress();
        return address == null ? NOWHERE : normal(address);
    }

    /** IPv4 in IPv6's clothes is IPv4, and an address is the same on whichever interface it came in. */
    static InetAddress normal(InetAddress address) {
        try {
            return address instanceof Inet6Address ? InetAddress.getByAddress(address.getAddress()) : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of an address has the right length", e);
        }
    }

    public InetAddress client() {
        return way.getFirst();
    }

    /** Who is at the other end of the connection. */
    public InetAddress peer() {
        return way.getLast();
    }

    /** Whom to count a stranger's calls for: an IPv4 address, or the network of an IPv6 one, all of which one person has. */
    public String household() {
        byte[] address = client().getAddress();
        return address.length > V6_NETWORK_BYTES
            ? HexFormat.of().formatHex(address, 0, V6_NETWORK_BYTES)
            : client().getHostAddress();
    }

    /** As the next proxy, or a service, is told. */
    public String header() {
        return way.size() == 1
            ? client().getHostAddress()
            : way.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
