package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which pages go to the archive.
 *
 * @param after how long a full page has to be left alone before it goes; zero keeps all of them in MongoDB, those that
 *     have gone before can be read nevertheless
 */
@ConfigurationProperties("parley.archive")
record ArchiveProperties(@DefaultValue("0") Duration after) {
    ArchiveProperties {
        if (after.isNegative()) {
            throw new IllegalArgumentException("PARLEY_ARCHIVE_AFTER must not be negative");
        }
    }

    boolean isOn() {
        return after.isPositive();
    }
}
