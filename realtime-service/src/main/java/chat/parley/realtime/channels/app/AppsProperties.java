package chat.parley.realtime.channels.app;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The apps of this installation.
 *
 * @param apps by id
 */
@Validated
@ConfigurationProperties("parley.realtime")
public record AppsProperties(@NotEmpty Map<String, @Valid AppProperties> apps) {
    public AppsProperties {
        apps = Map.copyOf(apps);
    }

    /**
     * One app.
     *
     * @param key public: clients connect with it
     * @param secret shared with the app's server alone, which signs with it
     * @param clientEventsPerSecond of one connection; 0 for as many as it likes
     * @param authorizedWithin how soon a connection must have signed in or be on a private channel; null for never
     * @param subscriptionCounts whether subscribers are told how many they are when that changes
     * @param webhooks what its server is told, and where; one a URL
     */
    public record AppProperties(
        @NotBlank String key,
        @NotBlank String secret,
        @DefaultValue("plain") AppKind kind,
        @DefaultValue("10") @Min(0) int clientEventsPerSecond,
        @Nullable Duration authorizedWithin,
        @DefaultValue("100") @Min(1) int maxPresenceMembers,
        @DefaultValue("false") boolean subscriptionCounts,
        @DefaultValue List<Webhook> webhooks
    ) {
        public AppProperties {
            webhooks = List.copyOf(webhooks);
            if (webhooks.stream().map(Webhook::url).distinct().count() < webhooks.size()) {
                throw new IllegalArgumentException("an app has one webhook a url");
            }
        }

        @Override
        public String toString() {
            return "AppProperties[key=" + key + ", kind=" + kind + "]";
        }
    }
}
