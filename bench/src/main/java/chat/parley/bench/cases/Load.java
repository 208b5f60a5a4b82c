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
import java.util.function.Supplier;

/** Some callers at once, each of whom calls again as soon as the answer is there (a closed loop). */
final class Load {

    private final int port;
    private final List<Supplier<Call>> callers;

    /** @param callers each gives its next call */
    Load(int port, List<Supplier<Call>> callers) {
        this.port = port;
        this.callers = List.copyOf(callers);
    }

    /** What all of them have had, and how long it took in the end. */
    record Outcome(Sample sample, Duration took) {
        double perSecond() {
            return sample.size() / (took.toNanos() / 1e9);
        }
    }

    Outcome run(Duration length) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Sample all = new Sample();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            List<Future<Sample>> running = new ArrayList<>();
            callers.forEach(caller -> running.add(threads.submit(() -> call(caller, end))));
            for (Future<Sample> one : running) {
                all.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a call failed: " + e.getCause(), e);
        }
        return new Outcome(all, Duration.ofNanos(System.nanoTime() - start));
    }

    private Sample call(Supplier<Call> caller, long end) throws IOException {
        Sample sample = new Sample();
        try (Connection connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                Call call = caller.get();
                long start = System.nanoTime();
                connection.send(call).require();
                sample.add(System.nanoTime() - start);
            }
        }
        return sample;
    }
}
