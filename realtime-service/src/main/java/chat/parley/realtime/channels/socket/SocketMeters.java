package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.protocol.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What comes in at the sockets, and how they begin and end. A tag has as many values as there are apps or constants, never
 * as many as clients like.
 */
@Component
final class SocketMeters {

    private final MeterRegistry meters;
    private final Map<CloseCode, Counter> refusals = new EnumMap<>(CloseCode.class);
    private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
    private final Map<Heard, Counter> heard = new EnumMap<>(Heard.class);
    private final Counter welcomes;
    private final Counter plainRefusals;
    private final Counter closedByClients;
    private final Counter lost;
    private final Counter silenced;

    SocketMeters(MeterRegistry meters, Channels channels) {
        this.meters = meters;
        for (CloseCode code : CloseCode.values()) {
            refusals.put(code, handshakes(code.name().toLowerCase(Locale.ROOT), code.code()));
            closes.put(code, closes(code.name().toLowerCase(Locale.ROOT), code.code()));
        }
        for (Heard kind : Heard.values()) {
            heard.put(
                kind,
                Counter.builder("parley.messages.received")
                    .description("Messages that clients have sent")
                    .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                    .register(meters)
            );
        }
        welcomes = handshakes("welcome", 0);
        plainRefusals = handshakes("refused", 503);
        closedByClients = closes("by_client", 0);
        lost = closes("lost", 0);
        Gauge.builder("parley.channels", channels, Channels::heard)
            .description("Channels that sockets of this node hear")
            .register(meters);
        silenced = Counter.builder("parley.client.events.dropped")
            .description("Client events beyond what one connection may send in a second")
            .register(meters);
    }

    private Counter handshakes(String result, int code) {
        return Counter.builder("parley.handshakes")
            .description("Requests for a socket, by what became of them")
            .tag("result", result)
            .tag("code", Integer.toString(code))
            .register(meters);
    }

    private Counter closes(String reason, int code) {
        return Counter.builder("parley.closes")
            .description("Sockets that have ended, by who ended them and why")
            .tag("reason", reason)
            .tag("code", Integer.toString(code))
            .register(meters);
    }

    /** What a client's message is about. */
    enum Heard {
        SUBSCRIBE,
        UNSUBSCRIBE,
        SIGN_IN,
        PING,
        PONG,
        CLIENT_EVENT,
        UNKNOWN,
        MALFORMED,
    }

    void counts(App app, AtomicInteger open) {
        Gauge.builder("parley.connections", open, AtomicInteger::get)
            .description("Open sockets")
            .tag("app", app.id())
            .register(meters);
    }

    void welcomed() {
        welcomes.increment();
    }

    void refused(CloseCode code) {
        count(refusals, code);
    }

    /** By a plain answer of HTTP. */
    void refused() {
        plainRefusals.increment();
    }

    /** @param code ours; null if we have said nothing */
    void closed(@Nullable CloseCode code, boolean askedFor) {
        if (code != null) {
            count(closes, code);
        } else {
            (askedFor ? closedByClients : lost).increment();
        }
    }

    void heard(Heard kind) {
        count(heard, kind);
    }

    void silenced() {
        silenced.increment();
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }
}
