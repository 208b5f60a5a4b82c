package chat.parley.local.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Starts components tier by tier, each tier at once when the one before is ready, and stops them in reverse. */
public final class Supervisor {

    private final List<List<Keeper>> tiers;
    private final Ledger ledger;
    private boolean stopped;

    public Supervisor(List<? extends List<? extends Component>> tiers, Ledger ledger) {
        this(tiers, ledger, Pauses::forComponents);
    }

    Supervisor(List<? extends List<? extends Component>> tiers, Ledger ledger, Supplier<Pauses> pauses) {
        this.ledger = ledger;
        this.tiers = new ArrayList<>();
        for (List<? extends Component> components : tiers) {
            int tier = this.tiers.size();
            components.forEach(component -> ledger.add(component, tier));
            this.tiers.add(
                components
                    .stream()
                    .map(one -> new Keeper(one, ledger, pauses.get()))
                    .toList()
            );
        }
    }

    /**
     * Returns when all are ready.
     *
     * @throws ComponentFailed when one cannot become ready; the others still run then
     * @throws StartFailure when one cannot be prepared
     */
    public void start() {
        prepare();
        tiers.forEach(Supervisor::startTogether);
    }

    /** Preparing keeps two cores busy for each component, so no more of it at once than there are cores. */
    private void prepare() {
        List<Component> unprepared = tiers
            .stream()
            .flatMap(List::stream)
            .map(Keeper::component)
            .filter(Component::wantsPreparation)
            .toList();
        try (var threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            joinAll(
                unprepared
                    .stream()
                    .map(component -> CompletableFuture.supplyAsync(() -> prepare(component), threads))
                    .toList()
            );
        }
    }

    private Component prepare(Component component) {
        ledger.record(component, State.PREPARING);
        component.prepare();
        ledger.record(component, State.WAITING);
        return component;
    }

    private static void startTogether(List<Keeper> tier) {
        joinAll(tier.stream().map(Keeper::start).toList());
    }

    private static void joinAll(List<CompletableFuture<Component>> steps) {
        CompletableFuture<Void> all = CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new));
        // allOf waits for the slowest even when one has failed, which is the one the user should hear of.
        for (CompletableFuture<Component> step : steps) {
            step.whenComplete((_, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        try {
            all.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }

    /** Returns when no process of theirs is left; a second call returns at once. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        ledger.enter(Phase.STOPPING);
        tiers.reversed().forEach(Supervisor::stopTogether);
        ledger.enter(Phase.DOWN);
    }

    private static void stopTogether(List<Keeper> tier) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            tier.forEach(keeper -> threads.execute(keeper::stop));
        }
    }
}
