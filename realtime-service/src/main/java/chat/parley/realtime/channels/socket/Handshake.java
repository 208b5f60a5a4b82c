package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.protocol.CloseCode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a client must ask for: {@code /app/{key}?protocol=7}. */
@Component
final class Handshake {

    private static final String PREFIX = "/app";
    private static final String PROTOCOL = "7";

    private final Apps apps;

    Handshake(Apps apps) {
        this.apps = apps;
    }

    /** Whether the address is one for sockets, well-formed or not. */
    static boolean isForSockets(String uri) {
        return (
            uri.startsWith(PREFIX) &&
            (uri.length() == PREFIX.length() || "/?".indexOf(uri.charAt(PREFIX.length())) >= 0)
        );
    }

    Answer to(String uri) {
        try {
            QueryStringDecoder address = new QueryStringDecoder(uri);
            return to(address.path().split("/", -1), address.parameters());
        } catch (IllegalArgumentException brokenEscape) {
            return new Refused(CloseCode.BAD_PATH);
        }
    }

    private Answer to(String[] path, Map<String, List<String>> parameters) {
        if (path.length != 3 || path[2].isEmpty()) {
            return new Refused(CloseCode.BAD_PATH);
        }
        return apps
            .withKey(path[2])
            .map(app -> ofVersion(app, parameters.getOrDefault("protocol", List.of())))
            .orElseGet(() -> new Refused(CloseCode.UNKNOWN_APP));
    }

    private static Answer ofVersion(App app, List<String> protocol) {
        if (protocol.isEmpty() || protocol.getFirst().isEmpty()) {
            return new Refused(CloseCode.NO_PROTOCOL);
        }
        String version = protocol.getFirst();
        if (!version.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return new Refused(CloseCode.BAD_VERSION);
        }
        return version.equals(PROTOCOL) ? new Welcome(app) : new Refused(CloseCode.UNSUPPORTED_PROTOCOL);
    }

    /** Either of the two below. */
    sealed interface Answer {}

    record Welcome(App app) implements Answer {}

    record Refused(CloseCode code) implements Answer {}
}
