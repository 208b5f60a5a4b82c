package chat.parley.realtime.channels.app;

import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use which app; beside {@link AppsProperties}, which say what apps there are.
 *
 * @param apps by id
 */
@Validated
@ConfigurationProperties("parley.realtime")
public record AppsLimits(@DefaultValue Map<String, @Valid AppLimits> apps) {
    public AppsLimits {
        apps = Map.copyOf(apps);
    }

    AppLimits of(String appId) {
        return apps.getOrDefault(appId, AppLimits.USUAL);
    }
}
