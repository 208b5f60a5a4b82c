package chat.parley.gateway.routing;

import java.net.InetAddress;

/** A range of IP addresses. */
record Network(InetAddress base, int prefix) {
    Network {
        if (prefix < 0 || prefix > base.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no such prefix: " + base.getHostAddress() + "/" + prefix);
        }
    }

    /**
     * @param text an address, or one with a prefix length, such as {@code 10.0.0.0/8} or {@code fd00::/8}
     * @throws IllegalArgumentException if it is neither; names of hosts are not looked up
     */
    static Network parse(String text) {
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
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
