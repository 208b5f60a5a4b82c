package chat.parley.room.accounts;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from, as far as guessing passwords goes: an IPv4 address, or the /64 that a network gives one
 * IPv6 subscriber, who has all addresses in it. It says nothing of who somebody is.
 */
record ClientAddress(String place) {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final int LONGEST = 64;
    private static final int NETWORK_BYTES = 8;
    private static final ClientAddress NOWHERE = new ClientAddress("nowhere");

    /** The first entry of {@code X-Forwarded-For}, which the gateway has made sure of; else who is connected. */
    static ClientAddress of(ServerHttpRequest request) {
        String forwarded = request.getHeaders().getFirst(FORWARDED_FOR);
        ClientAddress named = forwarded == null ? null : parse(forwarded.split(",", 2)[0].strip());
        return named == null ? ofPeer(request.getRemoteAddress()) : named;
    }

    private static ClientAddress ofPeer(@Nullable InetSocketAddress peer) {
        return peer == null || peer.getAddress() == null ? NOWHERE : of(peer.getAddress());
    }

    /** Null if it is no address. */
    static @Nullable ClientAddress parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        try {
            // Never a name: that would be looked up, by whoever calls us, at our expense.
            return of(InetAddress.ofLiteral(withoutPort(text)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[") && text.contains("]")) {
            return text.substring(1, text.indexOf(']'));
        }
        int colon = text.indexOf(':');
        return colon > 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static ClientAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new ClientAddress(
            address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "/64"
                : address.getHostAddress()
        );
    }
}
