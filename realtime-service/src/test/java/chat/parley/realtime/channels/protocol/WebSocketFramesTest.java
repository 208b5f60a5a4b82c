package chat.parley.realtime.channels.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our frames, read by Netty's decoder as a client would have it. */
class WebSocketFramesTest {

    private final EmbeddedChannel client = new EmbeddedChannel(
        new WebSocket13FrameDecoder(false, false, 1 << 20)
    );

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 125, 126, 127, 65_535, 65_536, 100_000 })
    void carriesTextOfAnyLength(int length) {
        byte[] text = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);

        client.writeInbound(WebSocketFrames.text(text));

        TextWebSocketFrame read = client.readInbound();
        assertThat(read.isFinalFragment()).isTrue();
        assertThat(read.text()).hasSize(length);
        read.release();
    }

    @Test
    void closesWithCodeAndReason() {
        client.writeInbound(WebSocketFrames.close(CloseCode.OVER_CAPACITY));

        CloseWebSocketFrame read = client.readInbound();
        assertThat(read.statusCode()).isEqualTo(4100);
        assertThat(read.reasonText()).isEqualTo(CloseCode.OVER_CAPACITY.reason());
        read.release();
    }

    @Test
    void everyReasonFitsIntoAControlFrame() {
        for (CloseCode code : CloseCode.values()) {
            ByteBuf frame = WebSocketFrames.close(code);
            assertThat(frame.readableBytes()).as(code.name()).isLessThanOrEqualTo(2 + 125);
            frame.release();
        }
    }
}
