package chat.parley.gateway.pages;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Tells a browser that goes to a page of the web client from everything else that is asked for. */
final class Navigation {

    /** First segments that never are the web client's. */
    private static final Set<String> APIS = Set.of(
        "api",
        "app",
        "apps",
        "broadcasting",
        "media",
        "internal",
        "actuator",
        "assets"
    );

    private Navigation() {}

    static boolean isOne(ServerRequest request) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return false;
        }
        List<String> segments = segmentsOf(request);
        return isRoot(segments) || (isPage(segments) && wantsHtml(request));
    }

    private static List<String> segmentsOf(ServerRequest request) {
        return request
            .requestPath()
            .pathWithinApplication()
            .elements()
            .stream()
            .filter(PathContainer.PathSegment.class::isInstance)
            .map(PathContainer.Element::value)
            .toList();
    }

    private static boolean isRoot(List<String> segments) {
        return segments.isEmpty() || segments.equals(List.of("index.html"));
    }

    private static boolean isPage(List<String> segments) {
        return !APIS.contains(segments.getFirst()) && !segments.getLast().contains(".");
    }

    /** Named, not just allowed: scripts accept anything, browsers name HTML when they navigate. */
    private static boolean wantsHtml(ServerRequest request) {
        return request.headers().accept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    }
}
