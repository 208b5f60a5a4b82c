package chat.parley.message;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
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
     * @param call sends what there is to send; its answer goes through what the call is given
     */
    void through(String name, Consumer<UnaryOperator<Runnable>> call) {
        Step step = next(name);
        if (step != Step.NONE) {
            call.accept(answer -> () -> hear(step, answer));
        }
    }

    private void hear(Step step, Runnable answer) {
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
    ReactiveMongoTemplate template(ReactiveMongoDatabaseFactory database) {
        return new ReactiveMongoTemplate(database) {
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

    /** The way to Kafka of an instance with these doors. */
    @SuppressWarnings("unchecked")
    <K, V> Producer<K, V> producer(Producer<K, V> kafka) {
        return (Producer<K, V>) Proxy.newProxyInstance(
            Doors.class.getClassLoader(),
            new Class<?>[] { Producer.class },
            (_, method, arguments) -> {
                if (method.getName().equals("send") && arguments.length == 2) {
                    return send(kafka, (ProducerRecord<K, V>) arguments[0], (Callback) arguments[1]);
                }
                try {
                    return method.invoke(kafka, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        );
    }

    /** Only the callback is listened to. */
    private <K, V> Future<RecordMetadata> send(
        Producer<K, V> kafka,
        ProducerRecord<K, V> record,
        Callback callback
    ) {
        through("kafka send", heard ->
            kafka.send(record, (metadata, failure) ->
                heard.apply(() -> callback.onCompletion(metadata, failure)).run()
            )
        );
        return new CompletableFuture<>();
    }

    private enum Step {
        /** The instance is dead. */
        NONE,
        COMMON,
        LAST,
    }
}
