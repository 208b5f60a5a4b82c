package chat.parley.local.supervision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What was shown, to wait for and to look at. */
final class RecordedProgress implements Progress {

    private final List<ComponentState> changes = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    @Override
    public synchronized void changed(ComponentState component) {
        changes.add(component);
        notifyAll();
    }

    @Override
    public synchronized void say(String sentence) {
        sentences.add(sentence);
        notifyAll();
    }

    synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** The states one component went through, each once while it lasted. */
    synchronized List<State> states(String name) {
        List<State> states = new ArrayList<>();
        for (ComponentState change : changes) {
            boolean isNew = states.isEmpty() || states.getLast() != change.state();
            if (change.name().equals(name) && isNew) {
                states.add(change.state());
            }
        }
        return states;
    }

    synchronized void await(Predicate<RecordedProgress> condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.test(this)) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("not seen in time; there were " + changes + " and " + sentences);
            }
            wait(left);
        }
    }

    /** How often a component reached a state. */
    synchronized long count(String name, State state) {
        return states(name).stream().filter(state::equals).count();
    }
}
