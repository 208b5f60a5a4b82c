package chat.parley.realtime.channels.app;

import chat.parley.realtime.channels.app.AppsProperties.AppProperties;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One app: its rules and its signatures. */
public final class App {

    private final String id;
    private final AppProperties properties;
    private final AppLimits limits;
    private final Origins allowedOrigins;
    private final Signer signer;
    private final Set<WebhookEvent> told;

    public App(String id, AppProperties properties) {
        this(id, properties, AppLimits.USUAL);
    }

    App(String id, AppProperties properties, AppLimits limits) {
        this.id = id;
        this.properties = properties;
        this.limits = limits;
        this.allowedOrigins = new Origins(limits.allowedOrigins());
        this.signer = new Signer(properties.secret());
        this.told = properties
            .webhooks()
            .stream()
            .flatMap(webhook -> webhook.events().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(WebhookEvent.class)));
    }

    public String id() {
        return id;
    }

    public String key() {
        return properties.key();
    }

    public AppKind kind() {
        return properties.kind();
    }

    public AppLimits limits() {
        return limits;
    }

    public Origins allowedOrigins() {
        return allowedOrigins;
    }

    /** How many client events one connection may send in a second; 0 for no limit. */
    public int clientEventsPerSecond() {
        return properties.clientEventsPerSecond();
    }

    public @Nullable Duration authorizedWithin() {
        return properties.authorizedWithin();
    }

    public int maxPresenceMembers() {
        return properties.maxPresenceMembers();
    }

    public List<Webhook> webhooks() {
        return properties.webhooks();
    }

    /** The one of this URL; null if there is none any more. */
    public @Nullable Webhook webhook(String url) {
        return properties
            .webhooks()
            .stream()
            .filter(webhook -> webhook.url().toString().equals(url))
            .findFirst()
            .orElse(null);
    }

    /** Whether any webhook of the app tells of it. */
    public boolean tellsOf(WebhookEvent event) {
        return told.contains(event);
    }

    /** Whether a channel's subscribers are told how many they are. */
    public boolean tellsSubscriptionCounts() {
        return properties.subscriptionCounts();
    }

    /** The signature alone, as the HTTP API uses it. */
    public String sign(String text) {
        return signer.sign(text);
    }

    /** {@code key:signature}, as clients hand it over. */
    public String authorize(String text) {
        return key() + ':' + signer.sign(text);
    }

    /** Whether this is the app's signature of the text. */
    public boolean signed(String signature, String text) {
        return signer.accepts(signature, text);
    }

    /** Whether {@code key:signature} is this app's authorization of the text. */
    public boolean authorized(String auth, String text) {
        int colon = auth.indexOf(':');
        return (
            colon > 0 &&
            auth.substring(0, colon).equals(key()) &&
            signer.accepts(auth.substring(colon + 1), text)
        );
    }

    @Override
    public String toString() {
        return "App[" + id + "]";
    }
}
