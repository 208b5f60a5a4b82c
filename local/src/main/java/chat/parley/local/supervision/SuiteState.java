package chat.parley.local.supervision;

import java.util.List;

/** Where the suite stands, as its supervisor wrote it down last. */
public record SuiteState(Phase phase, int port, ProcessIdentity supervisor, List<ComponentState> components) {
    public SuiteState {
        components = List.copyOf(components);
    }
}
