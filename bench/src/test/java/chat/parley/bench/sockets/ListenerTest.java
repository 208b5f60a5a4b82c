package chat.parley.bench.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final List<Long> heard = new ArrayList<>();
    private final Listener listener = new Listener(heard::add);
    private final EmbeddedChannel channel = new EmbeddedChannel(listener);

    @Test
    void learnsItsSocketIdAndWhenItIsSubscribed() {
        says("{\"event\":\"pusher:connection_established\",\"data\":\"{\\\"socket_id\\\":\\\"12.34\\\"}\"}");
        says("{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"c\",\"data\":\"{}\"}");

        assertThat(listener.socketId()).isCompletedWithValue("12.34");
        assertThat(listener.subscribed()).isCompletedWithValue(true);
    }

    @Test
    void hearsTheMarkOfEachMessage() {
        says("{\"event\":\"message.sent\",\"data\":\"{\\\"content\\\":\\\"hi " + mark(255) + "\\\"}\"}");
        says("{\"event\":\"message.sent\",\"data\":\"{\\\"content\\\":\\\"hi " + mark(1L << 40) + "\\\"}\"}");

        assertThat(heard).containsExactly(255L, 1L << 40);
    }

    @Test
    void takesNothingElseForAMark() {
        says("{\"event\":\"message.sent\",\"data\":\"~ about 00000000000000ff\"}");
        says("{\"event\":\"typing.started\",\"data\":\"{}\"}");
        says("{\"data\":\"~0\"}");

        assertThat(heard).isEmpty();
    }

    @Test
    void answersPings() {
        says("{\"event\":\"pusher:ping\",\"data\":{}}");

        TextWebSocketFrame answer = channel.readOutbound();
        assertThat(answer.text()).contains("pusher:pong");
        answer.release();
    }

    @Test
    void failsWhoeverWaitsWhenItIsRefusedOrClosed() {
        says("{\"event\":\"pusher:error\",\"data\":{\"code\":4001}}");
        channel.close();

        assertThat(listener.socketId()).isCompletedExceptionally();
        assertThat(listener.subscribed()).isCompletedExceptionally();
    }

    private static String mark(long id) {
        return new Flight(id, 1).mark();
    }

    private void says(String text) {
        channel.writeInbound(new TextWebSocketFrame(text));
    }
}
