package chat.parley.gateway.protection;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What pages from elsewhere may do.
 *
 * @param origins whose pages may call the API from a browser, such as {@code https://chat.example.org}; none by default
 * @param remembered how long a browser need not ask again
 * @param media where media-service's files are, if not here: the web client may show pictures from there
 */
@ConfigurationProperties("parley.gateway.cross-origin")
record CrossOriginProperties(
    @DefaultValue List<URI> origins,
    @DefaultValue("1h") Duration remembered,
    @DefaultValue("") String media
) {
    CrossOriginProperties {
        origins = List.copyOf(origins);
        origins.forEach(CrossOriginProperties::requireOrigin);
        if (!media.isEmpty()) {
            originOf(URI.create(media));
        }
    }

    /** A star would be every page that a signed-in person ever visits; a path would never match. */
    private static void requireOrigin(URI origin) {
        if (!origin.toString().equals(originOf(origin))) {
            throw new IllegalArgumentException("'" + origin + "' is no origin like https://chat.example.org");
        }
    }

    private static String originOf(URI address) {
        if (address.getScheme() == null || address.getHost() == null) {
            throw new IllegalArgumentException("'" + address + "' names no server");
        }
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }

    /** What stands in a policy behind {@code 'self'} for media: a blank and an origin, or nothing. */
    String mediaSource() {
        return media.isEmpty() ? "" : " " + originOf(URI.create(media));
    }
}
