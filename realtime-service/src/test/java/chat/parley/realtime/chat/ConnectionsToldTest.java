package chat.parley.realtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.contracts.json.EventCodec;
import chat.parley.realtime.Await;
import chat.parley.realtime.Node;
import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.log.EventWriter;
import chat.parley.realtime.channels.log.LogProperties;
import chat.parley.realtime.channels.socket.SocketGone;
import chat.parley.realtime.channels.socket.SocketIdentified;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Kafka that takes events, or does not, as the test wants. */
class ConnectionsToldTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final EventCodec<ConnectionEvent> CODEC = EventCodec.of(ConnectionEvent.class);
    private static final App CHAT = new App("chat", TestApps.properties("key", "secret", AppKind.CHAT));

    private final MockProducer<String, byte[]> kafka = new MockProducer<>(
        false,
        null,
        new StringSerializer(),
        new ByteArraySerializer()
    ) {
        @Override
        public void close(Duration timeout) {
            // The template gives it back after each event; it is one for all of them.
        }
    };
    private final ConnectionsTold told = new ConnectionsTold(
        new Node(),
        new EventWriter(() -> kafka, new LogProperties(100, SOON, SOON), new SimpleMeterRegistry()),
        Clock.systemUTC()
    );
    private final String user = UserId.random().toString();

    @AfterEach
    void stop() {
        told.stop();
    }

    private List<Class<?>> written() {
        return kafka
            .history()
            .stream()
            .<Class<?>>map(event -> CODEC.read(event.value()).orElseThrow().getClass())
            .toList();
    }

    private void awaitWritten(int events) {
        Await.until(SOON, () -> kafka.history().size() == events);
    }

    @Test
    void anEndThatKafkaDidNotTakeIsToldAfterTheNextSignOfLife() {
        told.identified(new SocketIdentified(CHAT, "1.1", user));
        told.gone(new SocketGone(CHAT, "1.1", user));
        awaitWritten(2);
        kafka.errorNext(new TimeoutException("away"));
        kafka.errorNext(new TimeoutException("away"));

        told.start();
        awaitWritten(3);
        kafka.completeNext();
        awaitWritten(4);

        assertThat(written()).containsExactly(
            ConnectionIdentified.class,
            ConnectionClosed.class,
            NodeAlive.class,
            ConnectionClosed.class
        );
    }

    @Test
    void whatWasToldInTheEndIsNotToldAgain() {
        told.identified(new SocketIdentified(CHAT, "1.1", user));
        told.gone(new SocketGone(CHAT, "1.1", user));
        told.identified(new SocketIdentified(CHAT, "2.2", user));
        awaitWritten(3);
        kafka.errorNext(new TimeoutException("away"));
        kafka.completeNext();
        kafka.errorNext(new TimeoutException("away"));

        told.start();
        awaitWritten(4);
        kafka.completeNext();
        awaitWritten(5);

        assertThat(written().getLast()).isEqualTo(ConnectionIdentified.class);
        assertThat(CODEC.read(kafka.history().getLast().value()).orElseThrow())
            .asInstanceOf(InstanceOfAssertFactories.type(ConnectionIdentified.class))
            .extracting(ConnectionIdentified::socketId)
            .isEqualTo("2.2");
    }
}
