package chat.parley.gateway.limits;

import chat.parley.gateway.RequestLimits;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Tells which calls are counted, and where. Addresses are read as routes read them, by decoded segments: otherwise
 * {@code /%61pi} would be a way around every limit.
 */
@Component
final class Rules {

    private static final String ANY = "*";
    private static final List<String> SENDING = List.of("api", "chat", "rooms", ANY, "messages");
    private static final List<String> SEARCH = List.of("api", "chat", "search");
    private static final List<String> UPLOAD = List.of("api", "chat", "upload");
    private static final List<String> REGISTRATION = List.of("api", "auth", "register");

    private final Rule user;
    private final Rule sending;
    private final Rule search;
    private final Rule upload;
    private final Rule address;
    private final Rule registration;

    Rules(RequestLimits limits) {
        Bucket all = Bucket.of("all", limits.user());
        Bucket strangers = Bucket.of("all", limits.address());
        this.user = new Rule(all);
        this.sending = new Rule(all, Bucket.of("send", limits.sending()));
        this.search = new Rule(all, Bucket.of("search", limits.search()));
        this.upload = new Rule(all, Bucket.of("upload", limits.upload()));
        this.address = new Rule(strangers);
        this.registration = new Rule(strangers, Bucket.of("register", limits.registration()));
    }

    /** Not the web client, not files with a signature, not the Pusher protocol, which has limits of its own. */
    static boolean areFor(ServerHttpRequest request) {
        for (PathContainer.Element element : request.getPath().elements()) {
            if (element instanceof PathContainer.PathSegment first) {
                return first.valueToMatch().equals("api") || first.valueToMatch().equals("broadcasting");
            }
        }
        return false;
    }

    Rule forUser(ServerHttpRequest request) {
        List<String> path = segmentsOf(request);
        boolean isPost = request.getMethod().equals(HttpMethod.POST);
        if (isPost && matches(SENDING, path)) {
            return sending;
        }
        if (isPost && matches(UPLOAD, path)) {
            return upload;
        }
        return matches(SEARCH, path) ? search : user;
    }

    Rule forStranger(ServerHttpRequest request) {
        return matches(REGISTRATION, segmentsOf(request)) ? registration : address;
    }

    private static List<String> segmentsOf(ServerHttpRequest request) {
        List<String> segments = new ArrayList<>(8);
        for (PathContainer.Element element : request.getPath().elements()) {
            if (element instanceof PathContainer.PathSegment segment) {
                segments.add(segment.valueToMatch());
            }
        }
        return segments;
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        // From the end, where addresses differ.
        for (int at = pattern.size() - 1; at >= 0; at--) {
            if (!pattern.get(at).equals(ANY) && !pattern.get(at).equals(path.get(at))) {
                return false;
            }
        }
        return true;
    }
}
