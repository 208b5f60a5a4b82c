package chat.parley.message;

import chat.parley.message.words.Language;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are found.
 *
 * @param language whose endings are taken off words, in rooms that have no language of their own
 * @param pages how many pages one request may read; then it answers with what it has and says where to go on
 * @param time how long it may take, likewise
 * @param rooms in so many rooms at once can be searched
 * @param learnEvery how often an instance asks which rooms have a language of their own
 * @param reindexAfter how long after a room got another language its messages are indexed anew; more than twice
 *     {@code learnEvery}, so that nobody indexes by the old one any more
 */
@ConfigurationProperties("parley.search")
public record SearchProperties(
    @DefaultValue("english") String language,
    @DefaultValue("128") int pages,
    @DefaultValue("1500ms") Duration time,
    @DefaultValue("2000") int rooms,
    @DefaultValue("5s") Duration learnEvery,
    @DefaultValue("15s") Duration reindexAfter
) {
    public SearchProperties {
        if (pages < 1 || rooms < 1 || Language.named(language).isEmpty()) {
            throw new IllegalArgumentException("parley.search needs positive limits and a language it knows");
        }
        if (reindexAfter.compareTo(learnEvery.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("parley.search.reindex-after must be twice learn-every");
        }
    }

    Language spoken() {
        return Language.named(language).orElseThrow();
    }
}
