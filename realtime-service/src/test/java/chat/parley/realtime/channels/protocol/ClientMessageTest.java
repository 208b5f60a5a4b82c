package chat.parley.realtime.channels.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {

    @Test
    void readsWhatClientsSay() throws MalformedMessage {
        ClientMessage message = read("{\"event\":\"client-a\",\"channel\":\"private-b\",\"data\":{\"c\":1}}");

        assertThat(message).isEqualTo(new ClientMessage("client-a", "private-b", "{\"c\":1}"));
    }

    @Test
    void takesTheFieldsInAnyOrderAndIgnoresOthers() throws MalformedMessage {
        ClientMessage message = read(
            " {\"data\" : [1, {\"event\":\"x\"}] , \"more\":{\"channel\":[\"y\"]},\"channel\":\"b\",\"event\":\"a\"} "
        );

        assertThat(message).isEqualTo(new ClientMessage("a", "b", "[1, {\"event\":\"x\"}]"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = { "1", "-1.5e3", "true", "null", "[]", "{}", "{\"a\":\"ü€😀\\u0041\\\"}\"}", "[1,[2,[3]]]" }
    )
    void leavesJsonAsItWasWritten(String json) throws MalformedMessage {
        assertThat(read("{\"event\":\"a\",\"data\":" + json + "}").data()).isEqualTo(json);
        assertThat(read("{\"data\": " + json + " ,\"event\":\"a\"}").data()).isEqualTo(json);
    }

    @Test
    void takesTextForWhatItSays() throws MalformedMessage {
        ClientMessage message = read("{\"event\":\"a\",\"data\":\"{\\\"channel\\\":\\\"ü\\\"}\"}");

        assertThat(message.data()).isEqualTo("{\"channel\":\"ü\"}");
        assertThat(message.fields().path("channel").stringValue()).isEqualTo("ü");
    }

    @Test
    void hasNoFieldsWithoutData() throws MalformedMessage {
        ClientMessage message = read("{\"event\":\"pusher:ping\"}");

        assertThat(message.data()).isEmpty();
        assertThat(message.fields().isMissingNode()).isTrue();
    }

    @Test
    void doesNotTakeTextForFields() throws MalformedMessage {
        ClientMessage message = read("{\"event\":\"a\",\"data\":\"no JSON\"}");

        assertThatExceptionOfType(MalformedMessage.class).isThrownBy(message::fields);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "{",
            "[]",
            "1",
            "null",
            "{}",
            "{\"event\":1}",
            "{\"event\":[\"a\"]}",
            "{\"event\":\"a\"}{}",
            "{\"event\":\"a\"} x",
            "{\"event\":\"a\",\"data\":}",
            "{\"event\":\"a\",\"data\":{\"b\":}}",
            "{\"event\":\"a\",\"data\":12x}",
            "{\"event\":\"a\",\"data\":nul}",
            "{\"event\":\"a\" \"b\"}",
        }
    )
    void refusesWhatIsNoMessage(String text) {
        assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> read(text));
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] bytes = "{\"event\":\"a\",\"data\":{\"b\":\"?\"}}".getBytes(StandardCharsets.US_ASCII);
        bytes[26] = (byte) 0xC3;

        assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() ->
            ClientMessage.read(Unpooled.wrappedBuffer(bytes))
        );
    }

    @Test
    void refusesWhatIsNestedToHarm() {
        String nested = "{\"event\":\"a\",\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

        assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> read(nested));
    }

    private static ClientMessage read(String json) throws MalformedMessage {
        return ClientMessage.read(Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)));
    }
}
