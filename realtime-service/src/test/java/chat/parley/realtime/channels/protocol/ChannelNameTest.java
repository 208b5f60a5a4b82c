package chat.parley.realtime.channels.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {

    @ParameterizedTest
    @CsvSource(
        {
            "news, PUBLIC",
            "private-x, PRIVATE",
            "presence-x, PRESENCE",
            "private-encrypted-x, ENCRYPTED",
            "cache-x, PUBLIC",
            "private-cache-x, PRIVATE",
            "presence-cache-x, PRESENCE",
            "private-encrypted-cache-x, ENCRYPTED",
            "#server-to-user-5, SERVER_TO_USER",
        }
    )
    void knowsAKindByItsPrefix(String name, ChannelKind kind) {
        assertThat(ChannelName.parse(name)).map(ChannelName::kind).contains(kind);
    }

    @ParameterizedTest
    @CsvSource(
        {
            "cache-x, true",
            "private-cache-x, true",
            "private-encrypted-cache-x, true",
            "presence-cache-x, true",
            "news, false",
            "private-x, false",
            "private-encrypted-x, false",
            "presence-x, false",
            "private-presence-cache-x, false",
            "my-cache-x, false",
            "#server-to-user-cache-x, false",
        }
    )
    void knowsACacheChannelByItsPrefix(String name, boolean cached) {
        assertThat(ChannelName.parse(name)).map(ChannelName::isCached).contains(cached);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "a/b", "a:b", "ä", "a\n", "#server-to-user-", "#other" })
    void refusesWhatIsNoName(String name) {
        assertThat(ChannelName.parse(name)).isEmpty();
    }

    @Test
    void isAtMost164CharactersLong() {
        assertThat(ChannelName.parse("x".repeat(164))).isPresent();
        assertThat(ChannelName.parse("x".repeat(165))).isEmpty();
    }
}
