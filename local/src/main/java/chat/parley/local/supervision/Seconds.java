package chat.parley.local.supervision;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
public final class Seconds {

    private Seconds() {}

    /** {@code 0.2 s}, {@code 30 s}. */
    public static String of(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
}
