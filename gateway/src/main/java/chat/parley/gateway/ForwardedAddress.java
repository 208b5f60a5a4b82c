package chat.parley.gateway;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what proxies write into {@code X-Forwarded-For}: addresses, some with a port, some in brackets. */
final class ForwardedAddress {

    // Java also takes "6" and "6.6" for addresses; nobody who forwards requests means them so.
    private static final Pattern V4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?");
    // Without a zone, "%eth0", for which Java would ask the machine for its interfaces.
    private static final String V6_ALONE = "[0-9A-Fa-f.]{0,4}:[0-9A-Fa-f:.]{1,40}";
    private static final Pattern V6 = Pattern.compile(
        "\\[(" + V6_ALONE + ")](?::\\d{1,5})?|(" + V6_ALONE + ")"
    );

    private ForwardedAddress() {}

    /** The address; null if the entry is none, such as {@code unknown}. No name is looked up. */
    static @Nullable InetAddress parse(String entry) {
        String literal = literalOf(entry.trim());
        try {
            return literal == null ? null : Origin.normal(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String literalOf(String entry) {
        Matcher v4 = V4.matcher(entry);
        if (v4.matches()) {
            return v4.group(1);
        }
        Matcher v6 = V6.matcher(entry);
        if (!v6.matches()) {
            return null;
        }
        return v6.group(1) == null ? v6.group(2) : v6.group(1);
    }
}
