package chat.parley.local.supervision;

import java.util.Locale;

/** Where the suite as a whole stands. */
public enum Phase {
    STARTING,
    UP,
    STOPPING,
    DOWN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
