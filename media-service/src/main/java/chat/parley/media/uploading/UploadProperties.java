package chat.parley.media.uploading;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be uploaded.
 *
 * @param maxFileSize of one file
 * @param silence how long a client may send nothing before its upload is given up
 * @param longest how long an upload may take in all
 */
@ConfigurationProperties("parley.media.upload")
public record UploadProperties(
    @DefaultValue("100MB") DataSize maxFileSize,
    @DefaultValue("60s") Duration silence,
    @DefaultValue("1h") Duration longest
) {}
