package chat.parley.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayEndTest {

    private static final ByteBuf FRAME = Unpooled.unreleasableBuffer(
        Unpooled.copiedBuffer("\u0081\u0005hello", StandardCharsets.ISO_8859_1)
    );

    private final EmbeddedChannel client = handshaken();
    private final EmbeddedChannel service = handshaken();
    private final ClientEnd clientEnd = new ClientEnd(client);
    private final RelayEnd serviceEnd = new RelayEnd(service);

    private static EmbeddedChannel handshaken() {
        EmbeddedChannel channel = new EmbeddedChannel(
            new WebSocket13FrameEncoder(false),
            new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder().expectMaskedFrames(false).build())
        );
        channel.config().setAutoRead(false);
        return channel;
    }

    @BeforeEach
    void listens() {
        clientEnd.listen();
        serviceEnd.listen();
    }

    @AfterEach
    void ends() {
        client.finishAndReleaseAll();
        service.finishAndReleaseAll();
    }

    private void join() {
        clientEnd.talkTo(serviceEnd);
        serviceEnd.talkTo(clientEnd);
    }

    @Test
    void passesBytesOnAsTheyAre() {
        join();

        client.writeInbound(FRAME.copy(0, 3));
        service.writeInbound(FRAME.copy(3, 4));

        assertThat(written(service)).isEqualTo(text(FRAME.slice(0, 3)));
        assertThat(written(client)).isEqualTo(text(FRAME.slice(3, 4)));
        assertThat(client.<Object>readInbound()).isNull();
    }

    @Test
    void keepsWhatWasSaidBeforeTheServiceTookTheSocket() {
        client.writeInbound(FRAME.copy());
        assertThat(client.config().isAutoRead()).isFalse();

        join();

        assertThat(written(service)).isEqualTo(text(FRAME));
        assertThat(client.config().isAutoRead()).isTrue();
    }

    @Test
    void finishesAFrameBeforeTheFarewellAndSaysNothingBehindIt() {
        join();
        service.writeInbound(FRAME.copy(0, 3));

        clientEnd.sendAway(Sockets.ELSEWHERE);

        assertThat(written(client)).isEqualTo(text(FRAME.slice(0, 3)));
        assertThat(client.isOpen()).isTrue();
        service.writeInbound(Unpooled.wrappedBuffer(FRAME.copy(3, 4), FRAME.copy()));
        assertThat(written(client)).isEqualTo(text(FRAME.slice(3, 4)) + text(farewell()));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void sendsAwayAtOnceWhoHearsNothingRightNow() {
        join();
        service.writeInbound(FRAME.copy());

        clientEnd.sendAway(Sockets.ELSEWHERE);

        assertThat(written(client)).isEqualTo(text(FRAME) + text(farewell()));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void readsNothingForWhoDoesNotRead() {
        join();
        client.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));

        client.write(FRAME.copy());
        client.runPendingTasks();
        assertThat(service.config().isAutoRead()).isFalse();

        client.flush();
        client.runPendingTasks();
        assertThat(service.config().isAutoRead()).isTrue();
    }

    @Test
    void endsOneSideBehindTheLastWordOfTheOther() {
        join();

        service.writeInbound(FRAME.copy());
        service.close();

        assertThat(written(client)).isEqualTo(text(FRAME));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void endsTheServicesSideIfTheClientWentBeforeItWasThere() {
        client.close();

        join();

        assertThat(service.isOpen()).isFalse();
    }

    private static ByteBuf farewell() {
        CloseWebSocketFrame frame = new CloseWebSocketFrame(4200, Sockets.ELSEWHERE.getReason());
        EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        encoder.writeOutbound(frame);
        return Unpooled.copiedBuffer(written(encoder), StandardCharsets.ISO_8859_1);
    }

    private static String written(EmbeddedChannel channel) {
        channel.runPendingTasks();
        StringBuilder all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(text(bytes));
            bytes.release();
        }
        return all.toString();
    }

    private static String text(ByteBuf bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
