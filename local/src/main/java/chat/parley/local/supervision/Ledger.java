package chat.parley.local.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the supervisor knows of its components, kept in the {@link StateFile} and shown as {@link Progress}. */
public final class Ledger {

    private final StateFile file;
    private final Progress progress;
    private final int port;
    private final ProcessIdentity supervisor = ProcessIdentity.ofThisProcess();
    private final Map<String, ComponentState> components = new LinkedHashMap<>();

    private Phase phase = Phase.STARTING;

    public Ledger(StateFile file, Progress progress, int port) {
        this.file = file;
        this.progress = progress;
        this.port = port;
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Component component, int tier) {
        components.put(component.name(), ComponentState.waiting(component, tier));
    }

    public synchronized void enter(Phase next) {
        phase = next;
        save();
    }

    synchronized void record(Component component, State state, Optional<ProcessIdentity> process) {
        ComponentState next = known(component).in(state, process);
        components.put(next.name(), next);
        save();
        progress.changed(next);
    }

    /** Outside a process's life: before its first start, after its last end. */
    public synchronized void record(Component component, State state) {
        record(component, state, Optional.empty());
    }

    synchronized void say(String sentence) {
        progress.say(sentence);
    }

    private ComponentState known(Component component) {
        ComponentState state = components.get(component.name());
        if (state == null) {
            throw new IllegalArgumentException(component.name() + " was never added");
        }
        return state;
    }

    private void save() {
        try {
            write();
        } catch (IOException e) {
            // A disk that fills up while the suite runs is no reason to stop watching over it.
            progress.say("The state could not be written down: " + e);
        }
    }

    private void write() throws IOException {
        file.write(new SuiteState(phase, port, supervisor, List.copyOf(components.values())));
    }
}
