package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How old pages are gone through.
 *
 * @param every how often it is looked which rooms are due
 * @param pause how long a room is left alone after a look; messages outlive their time by that much
 * @param pagesPerTurn how many pages of one room before the next one has its turn
 */
@ConfigurationProperties("parley.upkeep")
record UpkeepProperties(
    @DefaultValue("30s") Duration every,
    @DefaultValue("10m") Duration pause,
    @DefaultValue("200") int pagesPerTurn
) {
    UpkeepProperties {
        if (pagesPerTurn < 1) {
            throw new IllegalArgumentException("parley.upkeep.pages-per-turn must be at least 1");
        }
    }
}
