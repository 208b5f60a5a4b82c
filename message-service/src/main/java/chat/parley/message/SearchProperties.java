package chat.parley.message;

import chat.parley.message.words.Language;
import chat.parley.service.security.Secret;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How messages are found.
 *
 * @param key hashes the words of messages; nobody finds by another key what was sent under this one
 * @param language whose endings are taken off words, in rooms that have no language of their own
 * @param pages how many pages one request may read; then it answers with what it has and says where to go on
 * @param time how long it may take, likewise
 * @param rooms in so many rooms at once can be searched
 */
@ConfigurationProperties("parley.search")
public record SearchProperties(
    Secret key,
    @DefaultValue("english") String language,
    @DefaultValue("128") int pages,
    @DefaultValue("1500ms") Duration time,
    @DefaultValue("2000") int rooms
) {
    public SearchProperties {
        if (pages < 1 || rooms < 1 || Language.named(language).isEmpty()) {
            throw new IllegalArgumentException("parley.search needs positive limits and a language it knows");
        }
    }

    Language spoken() {
        return Language.named(language).orElseThrow();
    }
}
