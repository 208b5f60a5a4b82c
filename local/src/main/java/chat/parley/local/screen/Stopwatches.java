package chat.parley.local.screen;

import chat.parley.local.supervision.ComponentState;
import chat.parley.local.supervision.Seconds;
import chat.parley.local.supervision.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long each component has been about what it does. */
final class Stopwatches {

    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Long> startedAt = new HashMap<>();

    void note(ComponentState component) {
        State before = states.put(component.name(), component.state());
        boolean begins = component.state() == State.PREPARING || component.state() == State.STARTING;
        if (begins && component.state() != before) {
            startedAt.put(component.name(), System.nanoTime());
        }
    }

    String read(ComponentState component) {
        long now = System.nanoTime();
        return Seconds.of(Duration.ofNanos(now - startedAt.getOrDefault(component.name(), now)));
    }
}
