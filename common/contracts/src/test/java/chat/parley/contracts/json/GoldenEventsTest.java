package chat.parley.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chat.parley.contracts.Event;
import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.media.MediaEvent;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.webhook.WebhookCall;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The wire, guarded: {@code golden/events.json} holds one event of every type as services have written it. A change
 * that breaks one of them breaks every record that still lies in Kafka and every service not yet upgraded.
 */
class GoldenEventsTest {

    private static final Class<?>[] FAMILIES = {
        RoomEvent.class,
        MessageEvent.class,
        PresenceEvent.class,
        MediaEvent.class,
        ConnectionEvent.class,
        BroadcastEvent.class,
        WebhookCall.class,
    };

    @TestFactory
    Stream<DynamicTest> readsAndWritesEachGoldenEventUnchanged() {
        return golden().properties().stream().map(GoldenEventsTest::roundTrip);
    }

    @Test
    void guardsEveryTypeOfEveryFamily() {
        Stream<String> types = Arrays.stream(FAMILIES)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .map(type -> type.getAnnotation(JsonTypeName.class).value());

        assertThat(golden().propertyNames()).containsExactlyInAnyOrderElementsOf(types.toList());
    }

    @Test
    void skipsATypeThatANewerServiceWrote() {
        byte[] news = "{\"type\":\"message.pinned\",\"event_id\":1}".getBytes(StandardCharsets.UTF_8);

        assertThat(EventCodec.of(MessageEvent.class).read(news)).isEmpty();
    }

    @Test
    void refusesWhatIsNoEvent() {
        EventCodec<MessageEvent> codec = EventCodec.of(MessageEvent.class);

        for (String junk : new String[] {
            "",
            "{",
            "[]",
            "{}",
            "{\"type\":\"message.sent\",\"message\":5}",
        }) {
            assertThatExceptionOfType(MalformedEvent.class)
                .as(junk)
                .isThrownBy(() -> codec.read(junk.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static DynamicTest roundTrip(Map.Entry<String, JsonNode> entry) {
        return DynamicTest.dynamicTest(entry.getKey(), () -> {
            Class<?> family = familyOf(entry.getKey());
            assertUnchanged(EventCodec.of(family.asSubclass(Event.class)), entry.getValue());
        });
    }

    private static <E extends Event> void assertUnchanged(EventCodec<E> codec, JsonNode golden) {
        E event = codec.read(golden.toString().getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(WireJson.mapper().readTree(codec.write(event))).isEqualTo(golden);
    }

    private static Class<?> familyOf(String type) {
        return Arrays.stream(FAMILIES)
            .filter(family -> Arrays.stream(family.getPermittedSubclasses()).anyMatch(named(type)))
            .findFirst()
            .orElseThrow();
    }

    private static Predicate<Class<?>> named(String type) {
        return event -> type.equals(event.getAnnotation(JsonTypeName.class).value());
    }

    private static JsonNode golden() {
        try (InputStream in = GoldenEventsTest.class.getResourceAsStream("/golden/events.json")) {
            return WireJson.mapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
