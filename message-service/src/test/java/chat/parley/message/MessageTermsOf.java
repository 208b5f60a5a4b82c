package chat.parley.message;

import chat.parley.service.security.Secret;
import java.time.Duration;
import java.util.Map;

/** Terms as tests of the store need them. */
final class MessageTermsOf {

    private MessageTermsOf() {}

    static MessageTerms tests() {
        var properties = new SearchProperties(
            new Secret("a-key-for-words-".repeat(2)),
            "english",
            Map.of(),
            128,
            Duration.ofSeconds(10),
            100
        );
        return new MessageTerms(
            new RoomLanguages(properties),
            new SearchConfiguration().termHashes(properties)
        );
    }
}
