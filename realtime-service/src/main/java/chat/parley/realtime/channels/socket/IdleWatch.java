package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Hub;
import chat.parley.realtime.channels.fanout.IdleWheel;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Pings who is silent, and sends away who stays so, or who has not been authorized in time. One timer an event loop: no
 * socket has one of its own.
 */
@Component
final class IdleWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IdleWatch.class);

    private final SocketProperties properties;
    private final Map<Hub, Round> rounds = new ConcurrentHashMap<>();

    IdleWatch(SocketProperties properties) {
        this.properties = properties;
    }

    private record Round(IdleWheel wheel, Future<?> ticks) {}

    /** By the socket's event loop. */
    void begin(Socket socket) {
        Duration within = socket.app().authorizedWithin();
        long activity = properties.activityTimeout().toMillis();
        wheelOf(socket.hub()).add(
            socket,
            seconds(within == null ? activity : Math.min(activity, within.toMillis()))
        );
    }

    void end(Socket socket) {
        wheelOf(socket.hub()).remove(socket);
    }

    private IdleWheel wheelOf(Hub hub) {
        return rounds.computeIfAbsent(hub, this::round).wheel;
    }

    private Round round(Hub hub) {
        IdleWheel wheel = new IdleWheel(this::lookAt);
        return new Round(wheel, hub.loop().scheduleAtFixedRate(wheel::tick, 1, 1, TimeUnit.SECONDS));
    }

    /** In how many seconds there is a reason to look again; 0 if there is none. */
    private long lookAt(Socket socket) {
        try {
            return lookClosely(socket);
        } catch (RuntimeException e) {
            // A timer that throws never ticks again, and the neighbours need it.
            log.error("A socket could not be looked after", e);
            return 1;
        }
    }

    private long lookClosely(Socket socket) {
        if (!socket.isOpen()) {
            return 0;
        }
        long silent = socket.silentMillis();
        long activity = properties.activityTimeout().toMillis();
        long end = activity + properties.pongTimeout().toMillis();
        if (silent >= end) {
            socket.close(CloseCode.SILENT);
            return 0;
        }
        if (silent >= activity && socket.needsPing()) {
            socket.send(ServerMessages.ping());
        }
        long next = (silent >= activity ? end : activity) - silent;
        return beforeStranger(socket, next);
    }

    private static long beforeStranger(Socket socket, long next) {
        Duration within = socket.app().authorizedWithin();
        if (within == null || socket.isAuthorized()) {
            return seconds(next);
        }
        long left = within.toMillis() - socket.ageMillis();
        if (left <= 0) {
            socket.close(CloseCode.UNAUTHORIZED);
            return 0;
        }
        return seconds(Math.min(next, left));
    }

    /** Rounded up: whoever is looked at too early is looked at twice. */
    private static long seconds(long millis) {
        return (millis + 999) / 1000;
    }

    @Override
    public void close() {
        rounds.values().forEach(round -> round.ticks.cancel(false));
    }
}
