package chat.parley.realtime.channels.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private final Origins origins = new Origins(
        List.of("https://chat.example.com", "https://*.example.org", "http://localhost:*")
    );

    @ParameterizedTest
    @ValueSource(
        strings = {
            "https://chat.example.com",
            "HTTPS://Chat.Example.com",
            "https://a.example.org",
            "https://a.b.example.org",
            "http://localhost:5173",
        }
    )
    void admitsThePagesThatItNames(String origin) {
        assertThat(origins.admit(origin)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "http://chat.example.com",
            "https://chat.example.com.evil.test",
            "https://chat.example.com:8443",
            "https://chatxexample.com",
            "https://example.org",
            "https://evil.test/.example.org",
            "https://evil.test#.example.org",
            "http://localhost:5173@evil.test",
            "null",
            "",
        }
    )
    void admitsNoOthers(String origin) {
        assertThat(origins.admit(origin)).isFalse();
    }

    @Test
    void admitsWhoIsNoBrowserAndAllIfNoneIsNamed() {
        assertThat(origins.admit(null)).isTrue();
        assertThat(new Origins(List.of()).admit("https://anywhere.test")).isTrue();
        assertThat(new Origins(List.of("*")).admit("https://anywhere.test")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "example.com", "https://", "https://example.com/path", "", "https://a b" })
    void isRefusedWhereItCanBeNoOrigin(String origin) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origins(List.of(origin)));
    }
}
