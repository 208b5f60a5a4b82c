package chat.parley.media.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What writing may cost.
 *
 * @param atOnce how many uploads are written at the same time; each takes one part's memory outside the heap
 * @param waiting how many more may wait for their turn, unread; those beyond are answered with 503
 * @param longestWait after which a waiting one is answered with 503, too
 * @param part what is sent to the store at a time; S3 takes no less than 5 MB
 */
@ConfigurationProperties("parley.media.writing")
public record WritingProperties(
    @DefaultValue("12") int atOnce,
    @DefaultValue("200") int waiting,
    @DefaultValue("20s") Duration longestWait,
    @DefaultValue("5MB") DataSize part
) {
    private static final DataSize LEAST_PART = DataSize.ofMegabytes(5);

    public WritingProperties {
        if (part.compareTo(LEAST_PART) < 0) {
            throw new IllegalArgumentException("parley.media.writing.part is smaller than S3 allows");
        }
    }
}
