package chat.parley.message;

import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.KeysetSource;
import chat.parley.sealing.SearchKey;
import java.time.Duration;
import java.util.Map;

/** Terms as tests of the store need them. */
final class MessageTermsOf {

    private static final SearchKey KEY = new SearchKey(
        new Keyring(KeysetSource.of(KeyPurpose.SEARCH, "local-only-search-keyset", null))
    );

    private MessageTermsOf() {}

    static MessageTerms tests() {
        var properties = new SearchProperties("english", Map.of(), 128, Duration.ofSeconds(10), 100);
        return new MessageTerms(new RoomLanguages(properties), new SearchConfiguration().termHashes(KEY));
    }
}
