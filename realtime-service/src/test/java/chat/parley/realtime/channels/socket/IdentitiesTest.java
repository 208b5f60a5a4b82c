package chat.parley.realtime.channels.socket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.FanoutMeters;
import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Socket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class IdentitiesTest {

    private static final App APP = new App("app", TestApps.properties("key", "secret", AppKind.PLAIN));

    private final List<Object> told = new ArrayList<>();
    private final Identities identities = new Identities(
        new SocketProperties(
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            DataSize.ofKilobytes(64),
            DataSize.ofMegabytes(1),
            100,
            2,
            100,
            Duration.ofSeconds(5),
            Duration.ofMillis(100)
        ),
        told::add
    );

    private static Socket socket(String id) {
        EmbeddedChannel pipeline = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        FanoutMeters meters = new FanoutMeters(new SimpleMeterRegistry(), Clock.systemUTC());
        Hub hub = new Hub(pipeline.eventLoop(), new Channels(), meters);
        return new Socket(id, APP, hub, pipeline.pipeline().lastContext());
    }

    @Test
    void aSocketStaysWithItsFirstUser() {
        Socket socket = socket("1.1");

        assertThat(identities.identify(socket, "ada")).isTrue();
        assertThat(identities.identify(socket, "ada")).isTrue();
        assertThat(socket.isOpen()).isTrue();
        assertThat(identities.identify(socket, "grace")).isFalse();

        assertThat(socket.isOpen()).isFalse();
        assertThat(identities.socketsOf(APP, "grace")).isEmpty();
        assertThat(told).containsExactly(new SocketIdentified(APP, "1.1", "ada"));
    }

    @Test
    void aUserHasNoMoreSocketsThanTheyMay() {
        List<Socket> sockets = List.of(socket("1.1"), socket("2.2"), socket("3.3"));

        assertThat(sockets)
            .map(socket -> identities.identify(socket, "ada"))
            .containsExactly(true, true, false);

        assertThat(identities.socketsOf(APP, "ada")).containsExactlyInAnyOrderElementsOf(
            sockets.subList(0, 2)
        );
        identities.gone(sockets.getFirst());
        assertThat(identities.identify(socket("4.4"), "ada")).isTrue();
    }
}
