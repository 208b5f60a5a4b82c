package chat.parley.bench.cases;

import chat.parley.bench.figures.Sample;
import chat.parley.bench.http.Call;
import chat.parley.bench.http.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Some callers at once, each of whom calls again as soon as the answer is there (a closed loop). Who is asked to come back
 * later does so, with the same call.
 */
final class Load {

    /** For a call, whatever is asked for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final List<Supplier<Call>> callers;

    /** @param callers each gives its next call */
    Load(int port, List<Supplier<Call>> callers) {
        this.port = port;
        this.callers = List.copyOf(callers);
    }

    /**
     * What all of them have had.
     *
     * @param sample a call each, from its first try to its success
     * @param refusals how often somebody was asked to come back later
     * @param took how long it was in the end
     */
    record Outcome(Sample sample, int refusals, Duration took) {
        double perSecond() {
            return sample.size() / (took.toNanos() / 1e9);
        }
    }

    Outcome run(Duration length) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Sample all = new Sample();
        AtomicInteger refusals = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            List<Future<Sample>> running = new ArrayList<>();
            callers.forEach(caller -> running.add(threads.submit(() -> call(caller, refusals, end))));
            for (Future<Sample> one : running) {
                all.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a call failed: " + e.getCause(), e);
        }
        return new Outcome(all, refusals.get(), Duration.ofNanos(System.nanoTime() - start));
    }

    private Sample call(Supplier<Call> caller, AtomicInteger refusals, long end)
        throws IOException, InterruptedException {
        Sample sample = new Sample();
        try (Connection connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                Call call = caller.get();
                long start = System.nanoTime();
                insist(connection, call, refusals, start + PATIENCE.toNanos());
                sample.add(System.nanoTime() - start);
            }
        }
        return sample;
    }

    private static void insist(Connection connection, Call call, AtomicInteger refusals, long deadline)
        throws IOException, InterruptedException {
        Connection.Answer answer = connection.send(call);
        while (answer.pause().isPresent() && System.nanoTime() < deadline) {
            refusals.incrementAndGet();
            Thread.sleep(answer.pause().orElseThrow());
            answer = connection.send(call);
        }
        answer.require();
    }
}
