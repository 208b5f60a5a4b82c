package chat.parley.local.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** What a killed supervisor left running. */
public final class Leftovers {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private Leftovers() {}

    /**
     * Stops every process the file names that is still the one it names, the last tier first. To be called by whoever
     * holds the run's lock.
     *
     * @return the names of what was stopped
     */
    public static List<String> stop(StateFile file) throws IOException {
        List<ComponentState> running = file
            .read()
            .map(SuiteState::components)
            .orElse(List.of())
            .stream()
            .filter(component -> component.process().flatMap(ProcessIdentity::find).isPresent())
            .toList();
        Map<Integer, List<ComponentState>> tiers = running
            .stream()
            .collect(Collectors.groupingBy(ComponentState::tier, TreeMap::new, Collectors.toList()));
        new TreeMap<>(tiers).descendingMap().values().forEach(Leftovers::stopTogether);
        return running.stream().map(ComponentState::name).toList();
    }

    private static void stopTogether(List<ComponentState> tier) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            tier.forEach(component -> threads.execute(() -> stop(component)));
        }
    }

    private static void stop(ComponentState component) {
        component
            .process()
            .flatMap(ProcessIdentity::find)
            .ifPresent(process -> Termination.of(process, GRACE));
    }
}
