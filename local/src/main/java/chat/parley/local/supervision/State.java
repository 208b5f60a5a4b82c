package chat.parley.local.supervision;

import java.util.Locale;

/** Where a component stands. */
public enum State {
    WAITING,
    PREPARING,
    STARTING,
    UP,
    /** Its process runs and does not answer. */
    UNREADY,
    /** It died and is started again after a pause. */
    RESTARTING,
    STOPPING,
    DOWN,
    /** Its process runs and nobody supervises it, because its supervisor was killed. */
    ORPHANED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
