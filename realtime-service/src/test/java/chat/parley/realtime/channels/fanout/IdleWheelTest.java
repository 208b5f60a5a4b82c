package chat.parley.realtime.channels.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdleWheelTest {

    private final EmbeddedChannel pipeline = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final Hub hub = new Hub(
        pipeline.eventLoop(),
        new Channels(),
        new FanoutMeters(new SimpleMeterRegistry(), Clock.systemUTC())
    );
    private final List<String> looked = new ArrayList<>();
    private final Map<String, Long> next = new HashMap<>();
    private final IdleWheel wheel = new IdleWheel(socket -> {
        looked.add(socket.id());
        return next.getOrDefault(socket.id(), 0L);
    });

    @Test
    void looksAtNobodyBeforeTheirTime() {
        List<Socket> sockets = IntStream.range(0, 1000)
            .mapToObj(i -> called("s" + i))
            .toList();
        sockets.forEach(socket -> wheel.add(socket, 120));

        ticks(119);
        assertThat(looked).isEmpty();

        ticks(1);
        assertThat(looked).hasSize(1000);
    }

    @Test
    void looksAgainWhenItIsTold() {
        next.put("again", 30L);
        wheel.add(called("again"), 1);
        wheel.add(called("once"), 1);

        ticks(60);

        assertThat(looked).containsExactlyInAnyOrder("again", "once", "again");
    }

    @Test
    void forgetsWhoHasGone() {
        List<Socket> sockets = IntStream.range(0, 3)
            .mapToObj(i -> called("s" + i))
            .toList();
        sockets.forEach(socket -> wheel.add(socket, 5));

        wheel.remove(sockets.get(1));
        wheel.remove(sockets.get(1));
        wheel.remove(sockets.get(2));
        ticks(5);

        assertThat(looked).containsExactly("s0");
        wheel.remove(sockets.get(0));
    }

    @Test
    void looksInBetweenAtWhoIsDueLaterThanItTurns() {
        wheel.add(called("late"), 100_000);

        ticks(255);

        assertThat(looked).containsExactly("late");
    }

    private Socket called(String id) {
        return new Socket(id, TestApps.plain("app"), hub, pipeline.pipeline().lastContext());
    }

    private void ticks(int seconds) {
        IntStream.range(0, seconds).forEach(_ -> wheel.tick());
    }
}
