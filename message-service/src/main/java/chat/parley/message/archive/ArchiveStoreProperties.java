package chat.parley.message.archive;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The S3 store of archived pages.
 *
 * @param accessKey with its secret key, what the store knows us by
 * @param connections how many requests to it may be under way at once
 * @param waiting how many more may wait for one of these; those beyond are refused
 * @param timeout how long one answer may take, second tries and the wait for a connection included
 */
@ConfigurationProperties("parley.archive.s3")
public record ArchiveStoreProperties(
    URI endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    @DefaultValue("16") int connections,
    @DefaultValue("256") int waiting,
    @DefaultValue("5s") Duration timeout
) {
    public ArchiveStoreProperties {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("PARLEY_S3_ACCESS_KEY and PARLEY_S3_SECRET_KEY are not set");
        }
    }

    @Override
    public String toString() {
        return "ArchiveStoreProperties[" + endpoint + ", " + bucket + "]";
    }
}
