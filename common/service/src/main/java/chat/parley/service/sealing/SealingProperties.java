package chat.parley.service.sealing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the keys are.
 *
 * @param messages of what messages say
 * @param search of the hashes of their words; only for a service that searches
 * @param rereadEvery how often an instance looks whether there are other keys
 * @param rereadPause how long it waits at least between two looks, whoever asks for them
 */
@ConfigurationProperties("parley.sealing")
public record SealingProperties(
    Source messages,
    @Nullable Source search,
    @DefaultValue("10s") Duration rereadEvery,
    @DefaultValue("1s") Duration rereadPause
) {
    /**
     * A keyset.
     *
     * @param keyset {@code file:} and a path
     * @param kms the URI of the key that wraps what is in the file, or nothing
     */
    public record Source(String keyset, @Nullable String kms) {}
}
