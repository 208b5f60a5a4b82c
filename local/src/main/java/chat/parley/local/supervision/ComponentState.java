package chat.parley.local.supervision;

import java.util.Optional;

/**
 * Where one component stands.
 *
 * @param tier 0 starts first and stops last
 * @param process empty while none runs
 */
public record ComponentState(
    String name,
    int tier,
    State state,
    int port,
    Optional<ProcessIdentity> process
) {
    static ComponentState waiting(Component component, int tier) {
        return new ComponentState(component.name(), tier, State.WAITING, component.port(), Optional.empty());
    }

    public ComponentState in(State next) {
        return new ComponentState(name, tier, next, port, process);
    }

    ComponentState in(State next, Optional<ProcessIdentity> running) {
        return new ComponentState(name, tier, next, port, running);
    }
}
