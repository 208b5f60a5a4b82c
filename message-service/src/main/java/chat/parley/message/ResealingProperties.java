package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what older keys have sealed is sealed anew.
 *
 * @param every how often it is looked whether there is anything to do
 * @param pagesPerSecond how many pages are read, at most
 * @param pagesPerTurn after how many pages it is written down how far the walk has come
 * @param settled how long after all instances seal with a key nothing can be on its way any more that an older one has
 *     sealed: longer than a message can wait to be stored
 */
@ConfigurationProperties("parley.resealing")
record ResealingProperties(
    @DefaultValue("10s") Duration every,
    @DefaultValue("100") int pagesPerSecond,
    @DefaultValue("500") int pagesPerTurn,
    @DefaultValue("5m") Duration settled
) {
    private static final int MOST_PER_SECOND = 1_000;

    ResealingProperties {
        if (pagesPerSecond < 1 || pagesPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("parley.resealing.pages-per-second must be 1 to 1,000");
        }
        if (pagesPerTurn < 1) {
            throw new IllegalArgumentException("parley.resealing.pages-per-turn must be at least 1");
        }
    }

    Duration pause() {
        return Duration.ofSeconds(1).dividedBy(pagesPerSecond);
    }
}
