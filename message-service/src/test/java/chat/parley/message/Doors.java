package chat.parley.message;

import com.mongodb.reactivestreams.client.MongoClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveCollectionCallback;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The doors through which an instance's calls go out, to the store and to Kafka. Every call is a step, and one of
 * them can be the instance's last: it dies as by {@code kill -9}, and nothing goes out or comes in any more.
 */
final class Doors {

    /** On which side of its last step an instance dies. */
    enum Death {
        /** The request is never sent. */
        BEFORE,
        /** The request is carried out, and nobody hears of it. */
        AFTER,
    }

    /** Decides which step is the last. */
    interface Fate {
        boolean isAt(int step, String name);
    }

    private final Fate fate;
    private final Death death;
    private final Runnable end;
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Sinks.Empty<Void> died = Sinks.empty();
    private volatile boolean shut;

    private Doors(Fate fate, Death death, Runnable end) {
        this.fate = fate;
        this.death = death;
        this.end = end;
    }

    /** Doors that nobody shuts but {@link #shut}. */
    static Doors open() {
        return endingAt((_, _) -> false, Death.BEFORE, () -> {});
    }

    static Doors endingAt(int last, Death death) {
        return endingAt((step, _) -> step == last, death, () -> {});
    }

    /**
     * @param end what is to happen at that very moment
     */
    static Doors endingAt(Fate fate, Death death, Runnable end) {
        return new Doors(fate, death, end);
    }

    /** The names of the steps so far, the last one included. */
    List<String> steps() {
        return steps;
    }

    boolean isShut() {
        return shut;
    }

    /** Completes when the last step is over. */
    Mono<Void> death() {
        return died.asMono();
    }

    /** Whether nothing that was sent can still arrive. */
    boolean isQuiet() {
        return underWay.get() == 0;
    }

    void shut() {
        shut = true;
        died.tryEmitEmpty();
    }

    /**
     * @param answer what happens when the instance hears of the call's success
     */
    void through(String name, Runnable call, Runnable answer) {
        Step step = next(name);
        if (step == Step.NONE) {
            return;
        }
        call.run();
        if (isHeard(step)) {
            answer.run();
        }
    }

    private <T> Flux<T> pass(String name, Publisher<T> call) {
        Step step = next(name);
        return step == Step.NONE ? Flux.never() : answered(step, call);
    }

    private <T> Flux<T> answered(Step step, Publisher<T> call) {
        underWay.incrementAndGet();
        return Flux.from(call)
            .materialize()
            .doFinally(_ -> underWay.decrementAndGet())
            .collectList()
            .flatMapMany(answer ->
                isHeard(step) ? Flux.fromIterable(answer).<T>dematerialize() : Flux.never()
            );
    }

    private Step next(String name) {
        synchronized (steps) {
            if (shut) {
                return Step.NONE;
            }
            steps.add(name);
            if (!fate.isAt(steps.size(), name)) {
                return Step.COMMON;
            }
            if (death == Death.BEFORE) {
                die();
            }
            return death == Death.BEFORE ? Step.NONE : Step.LAST;
        }
    }

    private boolean isHeard(Step step) {
        if (step == Step.LAST) {
            die();
        }
        return !shut;
    }

    private void die() {
        end.run();
        shut();
    }

    /** The way to MongoDB of an instance with these doors. */
    ReactiveMongoTemplate template(MongoClient client, String database) {
        return new ReactiveMongoTemplate(client, database) {
            @Override
            public <T> Flux<T> execute(String collection, ReactiveCollectionCallback<T> action) {
                return super.execute(collection, documents -> {
                    var call = new StoreCall(documents);
                    Publisher<T> asked = action.doInCollection(call.overheard());
                    return pass(call.name(), asked);
                });
            }
        };
    }

    private enum Step {
        /** The instance is dead. */
        NONE,
        COMMON,
        LAST,
    }
}
