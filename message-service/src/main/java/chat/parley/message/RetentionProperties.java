package chat.parley.message;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long messages are kept.
 *
 * @param defaultDays in rooms that say nothing of their own; for ever if absent
 */
@ConfigurationProperties("parley.retention")
record RetentionProperties(@Nullable Integer defaultDays) {
    RetentionProperties {
        if (defaultDays != null && defaultDays < 1) {
            throw new IllegalArgumentException("PARLEY_RETENTION_DAYS must be at least 1, or not be set");
        }
    }
}
