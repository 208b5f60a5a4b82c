package chat.parley.bench.cases;

import chat.parley.bench.figures.Sample;
import chat.parley.bench.http.Connection;
import chat.parley.bench.sockets.Audience;
import chat.parley.bench.sockets.Flight;
import chat.parley.bench.suite.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Some senders at once, each of whom sends again as soon as the last message was acknowledged and everybody in its room has
 * heard it (a closed loop: so many messages are under way, never more).
 */
final class Conversation {

    private static final int PATIENCE_MS = 20_000;
    // With its mark, 300 bytes.
    private static final String CONTENT = "Lorem ipsum ".repeat(23) + "dolor ";

    private final int port;
    private final Audience audience;
    private final List<Sender> senders;
    private final AtomicLong flights = new AtomicLong();

    /** @param port the gateway's */
    Conversation(int port, Audience audience, List<Sender> senders) {
        this.port = port;
        this.audience = audience;
        this.senders = List.copyOf(senders);
    }

    /** @param listeners sockets that hear the room */
    record Sender(Person person, String room, int listeners) {}

    /**
     * @param acknowledged from sending to the answer
     * @param delivered from sending until the last one has heard it
     */
    record Outcome(Sample acknowledged, Sample delivered, Duration took) {
        double perSecond() {
            return delivered.size() / (took.toNanos() / 1e9);
        }
    }

    Outcome run(Duration length) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        Sample acknowledged = new Sample();
        Sample delivered = new Sample();
        try (ExecutorService threads = Executors.newFixedThreadPool(senders.size())) {
            List<Future<Outcome>> running = new ArrayList<>();
            senders.forEach(sender -> running.add(threads.submit(() -> talk(sender, end))));
            for (Future<Outcome> one : running) {
                acknowledged.addAll(one.get().acknowledged());
                delivered.addAll(one.get().delivered());
            }
        } catch (ExecutionException e) {
            throw new IOException("a message failed: " + e.getCause(), e);
        }
        return new Outcome(acknowledged, delivered, Duration.ofNanos(System.nanoTime() - start));
    }

    private Outcome talk(Sender sender, long end) throws IOException, InterruptedException {
        Outcome outcome = new Outcome(new Sample(), new Sample(), Duration.ZERO);
        try (Connection connection = new Connection(port)) {
            while (System.nanoTime() < end) {
                send(sender, connection, outcome);
            }
        }
        return outcome;
    }

    private void send(Sender sender, Connection connection, Outcome outcome)
        throws IOException, InterruptedException {
        Flight flight = new Flight(flights.incrementAndGet(), sender.listeners);
        audience.expect(flight);
        try {
            long start = System.nanoTime();
            connection.send(sender.person.message(sender.room, CONTENT + flight.mark())).require();
            outcome.acknowledged.add(System.nanoTime() - start);
            if (!flight.await(PATIENCE_MS)) {
                throw new IOException(
                    flight.missing() + " of " + sender.listeners + " have not heard a message"
                );
            }
            outcome.delivered.add(flight.landed() - start);
        } finally {
            audience.forget(flight);
        }
    }
}
