package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.socket.Handshake.Answer;
import chat.parley.realtime.channels.socket.Handshake.Refused;
import chat.parley.realtime.channels.socket.Handshake.Welcome;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Whether a client that asks in the right words may come in: its app says so. */
@Component
final class Entrance {

    private final Handshake handshake;
    private final TrustedProxies proxies;

    Entrance(Handshake handshake, TrustedProxies proxies) {
        this.handshake = handshake;
        this.proxies = proxies;
    }

    Answer to(Asked asked) {
        return switch (handshake.to(asked.uri())) {
            case Welcome welcome -> ofApp(welcome, asked);
            case Refused refused -> refused;
        };
    }

    private Answer ofApp(Welcome welcome, Asked asked) {
        App app = welcome.app();
        if (!app.limits().enabled()) {
            return new Refused(CloseCode.DISABLED);
        }
        if (app.limits().tlsOnly() && !cameOverTls(asked)) {
            return new Refused(CloseCode.TLS_ONLY);
        }
        return app.allowedOrigins().admit(asked.origin()) ? welcome : new Refused(CloseCode.FOREIGN_ORIGIN);
    }

    /** This service itself speaks no TLS, so whoever reaches it by no proxy that we know has come without. */
    private boolean cameOverTls(Asked asked) {
        String scheme = asked.scheme();
        if (scheme == null || !proxies.include(asked.peer())) {
            return false;
        }
        String first = scheme.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
        return first.equals("https") || first.equals("wss");
    }
}
