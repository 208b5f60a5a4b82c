package chat.parley.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What somebody has heard so far, for others to wait on. */
final class Inbox<T> {

    private final List<T> heard = new ArrayList<>();

    synchronized void add(T one) {
        heard.add(one);
        notifyAll();
    }

    synchronized List<T> all() {
        return List.copyOf(heard);
    }

    synchronized void clear() {
        heard.clear();
    }

    Sighting<T> expects(String what, Predicate<T> wanted) {
        return new Sighting<>(this, what, wanted);
    }

    /** The first such thing, as soon as it is there. */
    synchronized Optional<T> await(Predicate<T> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Optional<T> found = heard.stream().filter(wanted).findFirst();
                long left = deadline - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Something that is to be heard, and how long that may take. */
    record Sighting<T>(Inbox<T> inbox, String what, Predicate<T> wanted) {
        T within(Duration patience) {
            return inbox
                .await(wanted, patience)
                .orElseThrow(() ->
                    new AssertionError("not within " + patience + ": " + what + "; heard " + inbox.all())
                );
        }
    }
}
