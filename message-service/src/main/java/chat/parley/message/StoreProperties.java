package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How MongoDB is used.
 *
 * @param timeout how long one read or write may take
 * @param cache about how much memory pages may take
 * @param claimsKeptFor how long a client's name for a message is remembered; 24 hours are promised
 * @param versionIndex whether pages get a unique index over id and version. MongoDB has no use for it; its stand-in
 *     for development reads the whole collection for every conditional write without it
 */
@ConfigurationProperties("parley.store")
record StoreProperties(
    @DefaultValue("5s") Duration timeout,
    @DefaultValue("32MB") DataSize cache,
    @DefaultValue("48h") Duration claimsKeptFor,
    @DefaultValue("false") boolean versionIndex
) {
    StoreProperties {
        if (claimsKeptFor.compareTo(Duration.ofHours(24)) < 0) {
            throw new IllegalArgumentException("parley.store.claims-kept-for must be at least 24h");
        }
    }
}
