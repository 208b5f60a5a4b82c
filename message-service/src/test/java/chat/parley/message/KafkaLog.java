package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.service.kafka.EventPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.scheduler.Schedulers;

/** What all instances of a test have written to Kafka, in the order in which it arrived. */
final class KafkaLog {

    private static final Node BROKER = new Node(1, "broker", 9092);
    private static final Node[] BROKERS = { BROKER };
    private static final PartitionInfo PARTITION = new PartitionInfo(
        Topic.MESSAGES.wireName(),
        0,
        BROKER,
        BROKERS,
        BROKERS
    );

    private final List<ProducerRecord<String, byte[]>> records = new CopyOnWriteArrayList<>();

    /** A way into the log that can be cut off, as by the death of the process. */
    final class Connection extends MockProducer<String, byte[]> {

        private final Doors doors;
        private volatile boolean cut;

        Connection(Doors doors) {
            super(
                new Cluster("test", List.of(BROKER), List.of(PARTITION), Set.of(), Set.of()),
                true,
                null,
                new StringSerializer(),
                new ByteArraySerializer()
            );
            this.doors = doors;
        }

        @Override
        public synchronized Future<RecordMetadata> send(
            ProducerRecord<String, byte[]> record,
            Callback callback
        ) {
            if (!cut) {
                doors.through("kafka send", heard -> {
                    records.add(record);
                    heard.apply(() -> super.send(record, callback)).run();
                });
            }
            // Only the callback is listened to.
            return new CompletableFuture<>();
        }

        /** The template closes what it was given after every send. */
        @Override
        public void close(Duration timeout) {}

        /** From now on nothing arrives, and nothing is ever answered. */
        synchronized void cut() {
            cut = true;
        }

        synchronized void mend() {
            cut = false;
        }

        EventPublisher publisher() {
            return new EventPublisher(new KafkaTemplate<>(() -> this), Schedulers.boundedElastic());
        }
    }

    Connection connect(Doors doors) {
        return new Connection(doors);
    }

    /** Everything that was told of the room, in the order of its arrival, repetitions included. */
    List<MessageEvent> toldTo(RoomId room) {
        return records
            .stream()
            .filter(record -> record.key().equals(room.toString()))
            .map(record -> EventCodec.of(MessageEvent.class).read(record.value()).orElseThrow())
            .toList();
    }

    List<MessageSent> sentTo(RoomId room) {
        return toldTo(room)
            .stream()
            .filter(MessageSent.class::isInstance)
            .map(MessageSent.class::cast)
            .toList();
    }

    List<Long> seqsSentTo(RoomId room) {
        return sentTo(room)
            .stream()
            .map(event -> event.message().seq())
            .toList();
    }
}
