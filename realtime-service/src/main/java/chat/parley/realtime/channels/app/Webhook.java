package chat.parley.realtime.channels.app;

import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An address of an app's server, and what it is told. Only who runs the suite names such addresses, so they may be
 * inside its own network.
 *
 * @param url absolute, {@code https} or {@code http}, without a user or a fragment
 * @param events all of them if none is named
 * @param headers added to every call; not those that the call has anyway
 */
public record Webhook(
    URI url,
    @DefaultValue Set<WebhookEvent> events,
    @DefaultValue Map<String, String> headers
) {
    private static final Set<String> OWN_HEADERS = Set.of(
        "x-pusher-key",
        "x-pusher-signature",
        "content-type",
        "content-length",
        "host",
        "connection",
        "transfer-encoding"
    );

    public Webhook {
        Objects.requireNonNull(url, "a webhook needs its url");
        requireAddress(url);
        events = Set.copyOf(events.isEmpty() ? EnumSet.allOf(WebhookEvent.class) : events);
        headers = Map.copyOf(headers);
        headers.forEach(Webhook::requireHeader);
    }

    private static void requireAddress(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("a webhook's url is http:// or https:// with a host: " + url);
        }
    }

    private static void requireHeader(String name, String value) {
        boolean token = name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
        if (!token || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a webhook cannot have the header '" + name + "'");
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
            throw new IllegalArgumentException(
                "the webhook's header '" + name + "' has a value that none can have"
            );
        }
    }

    public boolean wants(WebhookEvent event) {
        return events.contains(event);
    }

    /** Without the headers, which may be secret. */
    @Override
    public String toString() {
        return "Webhook[" + url + ", " + events + "]";
    }
}
