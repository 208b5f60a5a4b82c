package chat.parley.service.kafka;

import chat.parley.contracts.Event;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.json.MalformedEvent;
import chat.parley.service.problem.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import reactor.core.publisher.Mono;

/**
 * Lets a consumer digest the events of one family, or of several from a topic each, one after the other: the consumer's own thread waits for the end
 * of each, because Kafka's order is worth something only as long as nobody overtakes. What comes of a failure is the
 * container's matter.
 */
public final class EventIntake<E extends Event> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Function<ConsumerRecord<String, byte[]>, Optional<? extends E>> reader;

    public EventIntake(Class<E> family, MeterRegistry meters) {
        Family<E> only = new Family<>(family, meters);
        this.reader = record -> only.read(record.value());
    }

    /** @param families by the topics that they come from, which are all that the consumer reads */
    public EventIntake(Map<Topic, Class<? extends E>> families, MeterRegistry meters) {
        Map<String, Family<? extends E>> byTopic = new HashMap<>();
        families.forEach((topic, family) -> byTopic.put(topic.wireName(), new Family<>(family, meters)));
        this.reader = record -> Objects.requireNonNull(byTopic.get(record.topic())).read(record.value());
    }

    /**
     * Returns when the event has been digested; one of an unknown type is counted and left.
     *
     * @throws chat.parley.contracts.json.MalformedEvent if the record is no event
     * @throws Unavailable if it takes longer than half a minute, which is no fault of the record
     */
    public void digest(ConsumerRecord<String, byte[]> record, Function<E, Mono<Void>> digestion) {
        reader.apply(record).ifPresent(event -> await(digestion.apply(event)));
    }

    /**
     * The same for a whole batch at once, without the events of unknown types. Should that fail, each is digested
     * alone, so that the container hears which of them it was and lets none of the others pay for it; an unreadable
     * one is told of once those before it are digested.
     *
     * @throws BatchListenerFailedException with the place of the first record that fails
     */
    public void digestAll(
        List<ConsumerRecord<String, byte[]>> records,
        Function<List<E>, Mono<Void>> digestion
    ) {
        List<Placed<E>> events = new ArrayList<>();
        int place = 0;
        MalformedEvent unreadable = null;
        while (place < records.size() && unreadable == null) {
            try {
                int at = place;
                reader.apply(records.get(at)).ifPresent(event -> events.add(new Placed<>(at, event)));
                place++;
            } catch (MalformedEvent broken) {
                unreadable = broken;
            }
        }
        digestTogether(events, digestion);
        if (unreadable != null) {
            throw new BatchListenerFailedException("unreadable", unreadable, place);
        }
    }

    private static <E> void digestTogether(List<Placed<E>> events, Function<List<E>, Mono<Void>> digestion) {
        try {
            await(digestion.apply(events.stream().map(Placed::event).toList()));
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (RuntimeException _) {
            events.forEach(event -> digestAlone(event, digestion));
        }
    }

    private static <E> void digestAlone(Placed<E> placed, Function<List<E>, Mono<Void>> digestion) {
        try {
            await(digestion.apply(List.of(placed.event)));
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (RuntimeException failed) {
            throw new BatchListenerFailedException("cannot be digested", failed, placed.place);
        }
    }

    private static void await(Mono<Void> digestion) {
        try {
            digestion.toFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        } catch (TimeoutException late) {
            throw new Unavailable("An event could not be digested in time.", PATIENCE);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    /** How the events of one family are read, and those of unknown types counted. */
    private static final class Family<E extends Event> {

        private final EventCodec<E> codec;
        private final Counter unknown;

        Family(Class<E> family, MeterRegistry meters) {
            this.codec = EventCodec.of(family);
            this.unknown = Counter.builder("parley.events.unknown")
                .description("Events of a type that this version does not know, skipped")
                .tag("family", family.getSimpleName())
                .register(meters);
        }

        Optional<E> read(byte[] value) {
            Optional<E> event = codec.read(value);
            if (event.isEmpty()) {
                unknown.increment();
            }
            return event;
        }
    }

    /** An event and its record's place in the batch. */
    private record Placed<E>(int place, E event) {}
}
