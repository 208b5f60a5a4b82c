package chat.parley.message;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what was said in deleted rooms is removed.
 *
 * @param every how often it is looked for
 * @param pagesPerSecond how many pages of one room, at most
 * @param pagesPerTurn how many pages of one room before the next one has its turn
 * @param settled after what time nothing can be on its way to a deleted room any more: longer than a membership is
 *     remembered and a message can wait to be stored, together
 */
@ConfigurationProperties("parley.purge")
record PurgeProperties(
    @DefaultValue("2s") Duration every,
    @DefaultValue("100") int pagesPerSecond,
    @DefaultValue("500") int pagesPerTurn,
    @DefaultValue("5m") Duration settled
) {
    private static final int MOST_PER_SECOND = 1_000;

    PurgeProperties {
        if (pagesPerSecond < 1 || pagesPerSecond > MOST_PER_SECOND) {
            throw new IllegalArgumentException("parley.purge.pages-per-second must be 1 to 1,000");
        }
        if (pagesPerTurn < 1) {
            throw new IllegalArgumentException("parley.purge.pages-per-turn must be at least 1");
        }
    }

    Duration pause() {
        return Duration.ofSeconds(1).dividedBy(pagesPerSecond);
    }
}
