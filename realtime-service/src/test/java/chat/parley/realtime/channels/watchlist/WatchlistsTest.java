package chat.parley.realtime.channels.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.TestApps;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.census.Counted;
import chat.parley.realtime.channels.census.Totals;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

/** One node's watchlists, and a Redis that answers when the test says so. */
class WatchlistsTest {

    private static final App APP = TestApps.plain("app");
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final Hub hub = new Hub(
        loop.eventLoop(),
        new Channels(),
        new FanoutMeters(new SimpleMeterRegistry(), Clock.systemUTC())
    );
    private final List<Collection<String>> asked = new ArrayList<>();
    private final List<Sinks.Many<Totals>> answers = new ArrayList<>();
    private final Watchlists watchlists = new Watchlists(this::ask);
    private final Client anna = new Client("1.1");
    private final Client bert = new Client("2.2");

    private Flux<Totals> ask(App app, Collection<String> users) {
        asked.add(users);
        Sinks.Many<Totals> answer = Sinks.many().unicast().onBackpressureBuffer();
        answers.add(answer);
        return answer.asFlux();
    }

    private static Totals totals(long version, Map<String, Integer> byName) {
        return new Totals(Counted.USERS, "app", version, byName);
    }

    private void answers(int question, long version, Map<String, Integer> byName) {
        answers.get(question).tryEmitNext(totals(version, byName)).orThrow();
    }

    private final class Client {

        private final EmbeddedChannel pipeline = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        private final Socket socket;

        private Client(String id) {
            socket = new Socket(id, APP, hub, pipeline.pipeline().lastContext());
        }

        /** Each event as its name and whom it names. */
        private List<String> hears() {
            loop.runPendingTasks();
            List<String> told = new ArrayList<>();
            for (ByteBuf frame = pipeline.readOutbound(); frame != null; frame = pipeline.readOutbound()) {
                String text = frame.toString(StandardCharsets.UTF_8);
                eventsIn(text.substring(text.indexOf("{\""))).forEach(event -> told.add(described(event)));
                frame.release();
            }
            return told;
        }
    }

    private static JsonNode eventsIn(String frame) {
        JsonNode data = WireJson.mapper().readTree(frame).path("data");
        return WireJson.mapper().readTree(data.stringValue()).path("events");
    }

    private static String described(JsonNode event) {
        String users = event
            .path("user_ids")
            .valueStream()
            .map(JsonNode::stringValue)
            .collect(Collectors.joining(","));
        return event.path("name").stringValue() + " " + users;
    }

    @AfterEach
    void close() {
        List.of(anna.pipeline, bert.pipeline, loop).forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void hearsOfAllAtOnceWhenAllAreKnown() {
        watchlists.watch(anna.socket, List.of("x", "y", "z"));

        answers(0, 5, Map.of("x", 1, "z", 0));
        assertThat(anna.hears()).isEmpty();
        answers(0, 6, Map.of("y", 3));

        assertThat(anna.hears()).containsExactly("online x,y", "offline z");
    }

    @Test
    void whatHappensBeforeTheAnswerIsNotOverruledByIt() {
        watchlists.watch(anna.socket, List.of("x", "y"));

        watchlists.changed(totals(7, Map.of("x", 0)));
        answers(0, 6, Map.of("x", 1, "y", 1));

        assertThat(anna.hears()).containsExactly("online y", "offline x");
    }

    @Test
    void hearsOfChangesAndOfNothingElse() {
        watchlists.watch(anna.socket, List.of("x"));
        answers(0, 5, Map.of("x", 0));
        anna.hears();

        watchlists.changed(totals(6, Map.of("x", 1, "stranger", 1)));
        watchlists.changed(totals(7, Map.of("x", 2)));
        watchlists.changed(totals(6, Map.of("x", 0)));
        watchlists.changed(totals(8, Map.of("x", 0)));

        assertThat(anna.hears()).containsExactly("online x", "offline x");
    }

    @Test
    void whoIsWatchedAlreadyIsNotAskedFor() {
        watchlists.watch(anna.socket, List.of("x"));
        answers(0, 5, Map.of("x", 1));

        watchlists.watch(bert.socket, List.of("x"));
        assertThat(bert.hears()).containsExactly("online x");
        watchlists.changed(totals(6, Map.of("x", 0)));

        assertThat(asked).hasSize(1);
        assertThat(bert.hears()).containsExactly("offline x");
        assertThat(anna.hears()).containsExactly("online x", "offline x");
    }

    @Test
    void aNewListTakesTheOldOnesPlace() {
        watchlists.watch(anna.socket, List.of("x"));
        answers(0, 5, Map.of("x", 1));
        watchlists.watch(anna.socket, List.of("y"));
        answers(1, 6, Map.of("y", 1));
        anna.hears();

        watchlists.changed(totals(7, Map.of("x", 0, "y", 0)));

        assertThat(anna.hears()).containsExactly("offline y");
        assertThat(watchlists.followed(APP)).containsExactly("y");
    }

    @Test
    void nothingIsKeptOfWhoHasGone() {
        watchlists.watch(anna.socket, List.of("x", "y"));
        watchlists.watch(bert.socket, List.of("y"));

        watchlists.end(anna.socket);
        assertThat(watchlists.followed(APP)).containsExactly("y");
        watchlists.end(bert.socket);
        answers(0, 5, Map.of("x", 1, "y", 1));

        assertThat(watchlists.followed(APP)).isEmpty();
        assertThat(anna.hears()).isEmpty();
        assertThat(bert.hears()).isEmpty();
    }
}
