package chat.parley.realtime.channels.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.app.AppsProperties;
import chat.parley.realtime.channels.protocol.CloseCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class HandshakeTest {

    private final Handshake handshake = new Handshake(
        new Apps(
            new AppsProperties(Map.of("chat", TestApps.properties("key", "secret", AppKind.CHAT))),
            new MockEnvironment()
        )
    );

    @Test
    void welcomesWhoSpeaksSeven() {
        assertThat(handshake.to("/app/key?client=js&protocol=7")).isInstanceOf(Handshake.Welcome.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/app/key?protocol=7&client=%zz", "/app/k%2?protocol=7", "/app/key?protocol=%" })
    void refusesAnAddressThatCannotBeRead(String address) {
        assertThat(handshake.to(address)).isEqualTo(new Handshake.Refused(CloseCode.BAD_PATH));
    }
}
