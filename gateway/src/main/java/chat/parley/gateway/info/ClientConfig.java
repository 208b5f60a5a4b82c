package chat.parley.gateway.info;

import chat.parley.gateway.RequestLimits;
import chat.parley.gateway.TokenBucket;
import chat.parley.service.security.SecurityProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /api/config}. */
record ClientConfig(Realtime realtime, Limits limits, Media media, Auth auth) {
    record Realtime(String key, String path) {}

    /**
     * @param requests how often each kind of call may be made, by the kind's name
     */
    record Limits(int messageLength, int roomNameLength, int pageSize, Map<String, Requests> requests) {}

    /**
     * @param perMinute in the long run
     * @param burst at once, after a rest
     */
    record Requests(double perMinute, int burst) {
        static Requests of(TokenBucket bucket) {
            double minute = Duration.ofMinutes(1).toNanos();
            return new Requests(minute / bucket.interval().toNanos(), bucket.burst());
        }
    }

    /**
     * @param maxFileSize in bytes
     */
    record Media(long maxFileSize, List<String> inlineTypes) {}

    /**
     * @param issuer the OpenID provider that people sign in at; null if they do so here
     * @param audience what their tokens have to be meant for; null if that is not looked at
     */
    record Auth(@Nullable String issuer, @Nullable String audience) {
        static Auth of(SecurityProperties.Outside outside) {
            return new Auth(nullIfEmpty(outside.issuerUri()), nullIfEmpty(outside.audience()));
        }

        private static @Nullable String nullIfEmpty(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    static ClientConfig from(
        ClientSettings settings,
        RequestLimits requests,
        SecurityProperties.Outside outside
    ) {
        ClientSettings.Limits limits = settings.limits();
        return new ClientConfig(
            new Realtime(settings.realtime().key(), settings.realtime().path()),
            new Limits(
                limits.messageLength(),
                limits.roomNameLength(),
                limits.pageSize(),
                requestsOf(requests)
            ),
            new Media(settings.media().maxFileSize().toBytes(), settings.media().inlineTypes()),
            Auth.of(outside)
        );
    }

    private static Map<String, Requests> requestsOf(RequestLimits limits) {
        return Map.of(
            "user",
            Requests.of(limits.user()),
            "address",
            Requests.of(limits.address()),
            "sending",
            Requests.of(limits.sending()),
            "search",
            Requests.of(limits.search()),
            "upload",
            Requests.of(limits.upload()),
            "registration",
            Requests.of(limits.registration())
        );
    }
}
