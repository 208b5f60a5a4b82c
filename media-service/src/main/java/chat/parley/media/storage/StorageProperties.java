package chat.parley.media.storage;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the bytes are kept.
 *
 * @param accessKey with its secret key, what the store knows us by
 * @param connections how many requests to the store may be under way at once
 * @param silence how long the store may say nothing in the middle of a request
 */
@ConfigurationProperties("parley.media.s3")
public record StorageProperties(
    URI endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    @DefaultValue("128") int connections,
    @DefaultValue("30s") Duration silence
) {
    public StorageProperties {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("PARLEY_S3_ACCESS_KEY and PARLEY_S3_SECRET_KEY are not set");
        }
    }

    @Override
    public String toString() {
        return "StorageProperties[" + endpoint + ", " + bucket + "]";
    }
}
