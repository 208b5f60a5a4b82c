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
            "private-encrypted-x, UNSERVED",
            "cache-x, UNSERVED",
            "private-cache-x, UNSERVED",
            "presence-cache-x, UNSERVED",
            "private-encrypted-cache-x, UNSERVED",
            "#server-to-user-5, SERVER_TO_USER",
        }
    )
    void knowsAKindByItsPrefix(String name, ChannelKind kind) {
        assertThat(ChannelName.parse(name)).map(ChannelName::kind).contains(kind);
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
