package chat.parley.room;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Things that several people do at the same moment, in an order that nobody knows. */
public final class AtOnce {

    private static final int PATIENCE_SECONDS = 60;

    private final List<Callable<ResponseSpec>> deeds = new ArrayList<>();
    private final Random random;

    public AtOnce(Random random) {
        this.random = random;
    }

    public AtOnce add(Callable<ResponseSpec> deed) {
        deeds.add(deed);
        return this;
    }

    /** Does them all, and gives their answers in the order in which they were added. */
    public List<ResponseSpec> run() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < deeds.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        List<Future<ResponseSpec>> answers = new ArrayList<>(Collections.nCopies(deeds.size(), null));
        CyclicBarrier start = new CyclicBarrier(deeds.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i : order) {
                answers.set(
                    i,
                    threads.submit(() -> {
                        start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                        return deeds.get(i).call();
                    })
                );
            }
            List<ResponseSpec> done = new ArrayList<>();
            for (Future<ResponseSpec> answer : answers) {
                done.add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int status(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }
}
