package chat.parley.local.supervision;

import java.time.Duration;

/**
 * How long to wait before starting again what died: briefly the first time, twice as long each further time, so that
 * what cannot run does not keep the machine busy; and briefly again once it has run well for a while.
 */
public final class Pauses {

    private final Duration first;
    private final Duration longest;
    private final Duration runsWell;
    private Duration next;

    public Pauses(Duration first, Duration longest, Duration runsWell) {
        this.first = first;
        this.longest = longest;
        this.runsWell = runsWell;
        this.next = first;
    }

    public static Pauses forComponents() {
        return new Pauses(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** The pause after a run of this length. */
    Duration after(Duration run) {
        Duration pause = run.compareTo(runsWell) < 0 ? next : first;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }
}
