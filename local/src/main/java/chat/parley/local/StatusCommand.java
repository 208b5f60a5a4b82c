package chat.parley.local;

import chat.parley.local.files.DataFolder;
import chat.parley.local.files.Ports;
import chat.parley.local.services.Probe;
import chat.parley.local.services.Service;
import chat.parley.local.supervision.ComponentState;
import chat.parley.local.supervision.ProcessIdentity;
import chat.parley.local.supervision.State;
import chat.parley.local.supervision.StateFile;
import chat.parley.local.supervision.SuiteState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows each component as it is at this moment: what the supervisor wrote down, checked against the processes. */
final class StatusCommand {

    private static final String LINE = "%-18s %-11s %-8s %s%n";

    private final DataFolder data;

    StatusCommand(Command.Status wanted) {
        this.data = new DataFolder(wanted.data());
    }

    /** @return 0 only if all are up */
    int run() throws IOException {
        System.out.printf(LINE, "NAME", "STATE", "PID", "PORT");
        Optional<SuiteState> suite = new StateFile(data.stateFile())
            .read()
            .filter(state -> !state.components().isEmpty());
        return suite.isPresent() ? show(suite.get()) : showNothing();
    }

    private int showNothing() {
        Suite.componentNames().forEach(name -> System.out.printf(LINE, name, State.DOWN.label(), "-", "-"));
        return 1;
    }

    private int show(SuiteState suite) throws IOException {
        boolean supervised = suite.supervisor().find().isPresent();
        Ports ports = Ports.remembered(data);
        List<ComponentState> components = suite
            .components()
            .parallelStream()
            .map(component -> component.in(stateNow(component, supervised, ports)))
            .toList();
        components.forEach(StatusCommand::show);
        return components.stream().allMatch(component -> component.state() == State.UP) ? 0 : 1;
    }

    private static void show(ComponentState component) {
        Optional<ProcessIdentity> process = component.process().filter(one -> one.find().isPresent());
        System.out.printf(
            LINE,
            component.name(),
            component.state().label(),
            process.map(one -> Long.toString(one.pid())).orElse("-"),
            component.port()
        );
    }

    private static State stateNow(ComponentState component, boolean supervised, Ports ports) {
        boolean runs = component.process().flatMap(ProcessIdentity::find).isPresent();
        if (!supervised) {
            return runs ? State.ORPHANED : State.DOWN;
        }
        if (component.state() != State.UP) {
            return component.state();
        }
        if (!runs) {
            // It died a moment ago, and the supervisor has yet to write that down.
            return State.RESTARTING;
        }
        return answers(component, ports) ? State.UP : State.UNREADY;
    }

    private static boolean answers(ComponentState component, Ports ports) {
        return service(component)
            .map(service ->
                Probe.answers(ports.of(service.managementPortName()), "/actuator/health/readiness")
            )
            .orElseGet(() -> Probe.listens(component.port()));
    }

    private static Optional<Service> service(ComponentState component) {
        return Stream.of(Service.values())
            .filter(service -> service.module().equals(component.name()))
            .findFirst();
    }
}
