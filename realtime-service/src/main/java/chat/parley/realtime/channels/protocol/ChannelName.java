package chat.parley.realtime.channels.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** A channel's name, well-formed, and the kind that its prefix says. */
public record ChannelName(String value, ChannelKind kind) {
    /** The longest a name may be. */
    public static final int MAX_LENGTH = 164;

    private static final String SERVER_TO_USER = "#server-to-user-";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_\\-=@,.;]{1," + MAX_LENGTH + "}");
    private static final String[] CACHED = {
        "cache-",
        "private-cache-",
        "private-encrypted-cache-",
        "presence-cache-",
    };

    /** Empty if no channel can have this name. */
    public static Optional<ChannelName> parse(String text) {
        if (text.startsWith(SERVER_TO_USER) && text.length() > SERVER_TO_USER.length()) {
            return text.length() <= MAX_LENGTH
                ? Optional.of(new ChannelName(text, ChannelKind.SERVER_TO_USER))
                : Optional.empty();
        }
        return FORM.matcher(text).matches()
            ? Optional.of(new ChannelName(text, kindOf(text)))
            : Optional.empty();
    }

    private static ChannelKind kindOf(String text) {
        if (text.startsWith("private-encrypted-")) {
            return ChannelKind.ENCRYPTED;
        }
        if (text.startsWith("private-")) {
            return ChannelKind.PRIVATE;
        }
        return text.startsWith("presence-") ? ChannelKind.PRESENCE : ChannelKind.PUBLIC;
    }

    /** The channel on which a user's signed-in connections hear what the app's server sends to them. */
    public static ChannelName ofUser(String userId) {
        return new ChannelName(SERVER_TO_USER + userId, ChannelKind.SERVER_TO_USER);
    }

    /** Whether a well-formed name is that of a user's own channel. */
    public static boolean isOfUser(String name) {
        return name.startsWith(SERVER_TO_USER);
    }

    /** Whether who subscribes is given the channel's last event. */
    public boolean isCached() {
        return isCached(value);
    }

    /** The same of a name that is known to be well-formed. */
    public static boolean isCached(String name) {
        // Asked for every event.
        for (String prefix : CACHED) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return value;
    }
}
