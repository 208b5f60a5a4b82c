package chat.parley.realtime.channels.census;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.FanoutMeters;
import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.Socket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What one subscriber hears of the number of all, by a clock that the test moves. */
class SubscriptionCountsTest {

    private static final Pattern TOLD = Pattern.compile("\\\\\"subscription_count\\\\\":(\\d+)");
    private static final App APP = TestApps.plain("app");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Channels channels = new Channels();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final EmbeddedChannel pipeline = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final SubscriptionCounts counts = counts();
    private long version;

    /** Nobody asks it for what is followed, which is what it needs the census for. */
    @SuppressWarnings("NullAway")
    private SubscriptionCounts counts() {
        return new SubscriptionCounts(null, channels, Clock.systemUTC(), time);
    }

    private void somebodySubscribesTo(String channel) {
        var meters = new FanoutMeters(new SimpleMeterRegistry(), Clock.systemUTC());
        Hub hub = new Hub(loop.eventLoop(), channels, meters);
        Socket socket = new Socket("1.1", APP, hub, pipeline.pipeline().lastContext());
        hub.opened(socket);
        hub.subscribe(socket, "app/" + channel, channel);
    }

    private void totalIs(String channel, int total) {
        counts.changed(new Totals(Counted.CHANNELS, "app", ++version, Map.of(channel, total)));
    }

    private List<Integer> told() {
        loop.runPendingTasks();
        List<Integer> told = new ArrayList<>();
        for (ByteBuf written = pipeline.readOutbound(); written != null; written = pipeline.readOutbound()) {
            var numbers = TOLD.matcher(written.toString(StandardCharsets.UTF_8));
            while (numbers.find()) {
                told.add(Integer.valueOf(numbers.group(1)));
            }
            written.release();
        }
        return told;
    }

    @AfterEach
    void close() {
        pipeline.finishAndReleaseAll();
        loop.finishAndReleaseAll();
    }

    @Test
    void aFewHearEveryChange() {
        somebodySubscribesTo("news");

        List.of(1, 2, 3, 2).forEach(total -> totalIs("news", total));

        assertThat(told()).containsExactly(1, 2, 3, 2);
    }

    @Test
    void manyHearItEveryFiveSecondsAndTheLastNumberAlways() {
        somebodySubscribesTo("news");
        totalIs("news", 100);

        for (int total = 101; total <= 1000; total++) {
            totalIs("news", total);
        }
        assertThat(told()).containsExactly(100);
        time.advanceTimeBy(Duration.ofMillis(4_999));
        assertThat(told()).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(told()).containsExactly(1000);

        totalIs("news", 1001);
        totalIs("news", 1000);
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(told()).isEmpty();
        totalIs("news", 999);
        assertThat(told()).containsExactly(999);
    }

    @Test
    void whoBecomeFewHearItAtOnce() {
        somebodySubscribesTo("news");
        totalIs("news", 102);
        totalIs("news", 101);

        totalIs("news", 100);

        assertThat(told()).containsExactly(102, 100);
        time.advanceTimeBy(Duration.ofSeconds(60));
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsOlderThanWhatWasToldIsNot() {
        somebodySubscribesTo("news");
        totalIs("news", 2);

        counts.changed(new Totals(Counted.CHANNELS, "app", version - 1, Map.of("news", 1)));

        assertThat(told()).containsExactly(2);
    }

    @Test
    void presenceChannelsHaveTheirMembers() {
        somebodySubscribesTo("presence-x");

        totalIs("presence-x", 2);

        assertThat(told()).isEmpty();
    }
}
