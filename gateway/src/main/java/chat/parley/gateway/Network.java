package chat.parley.gateway;

import java.net.InetAddress;
import java.util.Arrays;

/** A range of IP addresses. */
public record Network(InetAddress base, int prefix) {
    public Network {
        if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no such prefix: " + base.getHostAddress() + "/" + prefix);
        }
    }

    /**
     * @param text an address, or one with a prefix length, such as {@code 10.0.0.0/8} or {@code fd00::/8}
     * @throws IllegalArgumentException if it is neither; names of hosts are not looked up
     */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress single = InetAddress.ofLiteral(text);
            return new Network(single, single.getAddress().length * Byte.SIZE);
        }
        return new Network(
            InetAddress.ofLiteral(text.substring(0, slash)),
            Integer.parseInt(text.substring(slash + 1))
        );
    }

    boolean contains(InetAddress address) {
        byte[] ours = base.getAddress();
        byte[] theirs = address.getAddress();
        int whole = prefix / Byte.SIZE;
        return (
            ours.length == theirs.length &&
            Arrays.equals(ours, 0, whole, theirs, 0, whole) &&
            (prefix == whole * Byte.SIZE || ((ours[whole] ^ theirs[whole]) & restMask()) == 0)
        );
    }

    /** Of the one byte that the network's end cuts in two, the bits inside. */
    private int restMask() {
        return 0xFF00 >> (prefix % Byte.SIZE);
    }
}
