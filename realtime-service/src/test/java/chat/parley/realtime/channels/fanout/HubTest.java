package chat.parley.realtime.channels.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.AppKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A hub and its sockets, each a pipeline without a network. */
class HubTest {

    private static final String KEY = "app/news";
    private static final App APP = new App("app", TestApps.properties("key", "secret", AppKind.PLAIN));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Channels channels = new Channels();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Hub hub = new Hub(loop.eventLoop(), channels, new FanoutMeters(meters, Clock.systemUTC()));
    private final Client anna = new Client("1.1");
    private final Client bert = new Client("2.2");

    private final class Client {

        private final EmbeddedChannel pipeline = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext context) {
                    loop.advanceTimeBy(flushMillis, TimeUnit.MILLISECONDS);
                    context.flush();
                }
            },
            new ChannelInboundHandlerAdapter()
        );
        private final Socket socket;

        private Client(String id) {
            socket = new Socket(id, APP, hub, pipeline.pipeline().lastContext());
            hub.opened(socket);
        }

        private void subscribes() {
            hub.subscribe(socket, KEY, "news");
        }

        /** What was written, one text a write. */
        private List<String> writes() {
            List<String> writes = new ArrayList<>();
            for (
                ByteBuf written = pipeline.readOutbound();
                written != null;
                written = pipeline.readOutbound()
            ) {
                writes.add(written.toString(StandardCharsets.UTF_8));
                written.release();
            }
            return writes;
        }
    }

    /** How long it takes to hand one socket's bytes to the kernel. */
    private int flushMillis;
    private final List<ByteBuf> published = new ArrayList<>();

    private void publishes(String text, @Nullable String except) {
        ByteBuf frame = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        published.add(frame);
        channels.publish(KEY, () -> frame, except, Instant.EPOCH);
    }

    private void turns() {
        loop.runPendingTasks();
    }

    private void millisecondsPass(int count) {
        loop.advanceTimeBy(count, TimeUnit.MILLISECONDS);
        loop.runPendingTasks();
    }

    @Test
    void framesOfOneTurnLeaveInOneWrite() {
        anna.subscribes();
        bert.subscribes();

        publishes("a", null);
        publishes("b", null);
        assertThat(anna.writes()).isEmpty();
        turns();

        assertThat(anna.writes()).containsExactly("ab");
        assertThat(bert.writes()).containsExactly("ab");
        assertThat(published).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void aLoopThatIsBehindGathersForAMillisecondAtMost() {
        loop.freezeTime();
        anna.subscribes();
        flushMillis = 5;

        publishes("a", null);
        turns();
        publishes("b", null);
        turns();
        publishes("c", null);
        turns();
        assertThat(anna.writes()).containsExactly("a");
        millisecondsPass(1);

        assertThat(anna.writes()).containsExactly("bc");
        assertThat(published).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void aLoopWithTimeToSpareLetsNobodyWait() {
        loop.freezeTime();
        anna.subscribes();
        flushMillis = 5;

        publishes("a", null);
        turns();
        millisecondsPass(2);
        publishes("b", null);
        turns();

        assertThat(anna.writes()).containsExactly("a", "b");
    }

    @Test
    void aSocketDoesNotHearItsOwnAmongOthers() {
        anna.subscribes();
        bert.subscribes();

        publishes("a", null);
        publishes("of anna", "1.1");
        publishes("c", "9.9");
        turns();

        assertThat(String.join("", anna.writes())).isEqualTo("ac");
        assertThat(bert.writes()).containsExactly("aof annac");
        assertThat(published).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void whoLeavesHearsWhatWasPublishedBefore() {
        anna.subscribes();

        publishes("before", null);
        hub.offer(() -> hub.unsubscribe(anna.socket, "news"));
        publishes("after", null);
        turns();

        assertThat(anna.writes()).containsExactly("before");
        assertThat(channels.isHeard(KEY)).isFalse();
        assertThat(published).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void whoComesLaterDoesNot() {
        anna.subscribes();

        publishes("before", null);
        hub.offer(bert::subscribes);
        publishes("after", null);
        turns();

        assertThat(bert.writes()).containsExactly("after");
        assertThat(String.join("", anna.writes())).isEqualTo("beforeafter");
    }

    @Test
    void muchInOneTurnIsNoSignOfASlowReader() {
        anna.pipeline.config().setWriteBufferWaterMark(new WriteBufferWaterMark(5, 10));
        anna.subscribes();
        hub.subscribe(anna.socket, "app/other", "other");

        publishes("more than the mark", null);
        channels.publish(
            "app/other",
            () -> Unpooled.copiedBuffer("and more", StandardCharsets.UTF_8),
            null,
            Instant.EPOCH
        );
        turns();

        assertThat(String.join("", anna.writes())).isEqualTo("more than the markand more");
        assertThat(anna.socket.isOpen()).isTrue();
    }

    @Test
    void whatNobodyHearsIsNotEvenEncoded() {
        channels.publish(
            KEY,
            () -> {
                throw new AssertionError("encoded for nobody");
            },
            null,
            Instant.EPOCH
        );

        assertThat(channels.isHeard(KEY)).isFalse();
    }

    @Test
    void onePieceOfWorkThatFailsDoesNotKeepTheOthers() {
        anna.subscribes();

        hub.offer(() -> {
            throw new IllegalStateException("on purpose");
        });
        publishes("a", null);
        turns();

        assertThat(anna.writes()).containsExactly("a");
    }

    @Test
    void membersAreToldOfChangesThatTheirListDoesNotHold() {
        PendingJoin early = hub.beginJoin("app/presence-x");
        PendingJoin late = hub.beginJoin("app/presence-x");
        hub.tell(new MemberChange(MemberChange.Kind.ADDED, "app/presence-x", 5, "e", null));

        var missedByEarly = hub.join(early, anna.socket, "app/presence-x", new Member("a", null), 4);
        var missedByLate = hub.join(late, bert.socket, "app/presence-x", new Member("b", null), 6);
        hub.tell(new MemberChange(MemberChange.Kind.ADDED, "app/presence-x", 6, "b", null));
        turns();

        assertThat(missedByEarly).extracting(MemberChange::userId).containsExactly("e");
        assertThat(missedByLate).isEmpty();
        assertThat(anna.writes()).singleElement().asString().contains("member_added", "\\\"b\\\"");
        assertThat(bert.writes()).isEmpty();
    }
}
