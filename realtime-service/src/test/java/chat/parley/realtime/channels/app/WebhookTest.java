package chat.parley.realtime.channels.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    private static final URI URL = URI.create("https://example.com/hooks?a=b");

    @Test
    void tellsOfEverythingUnlessItNamesWhat() {
        assertThat(new Webhook(URL, Set.of(), Map.of()).events()).containsExactlyInAnyOrder(
            WebhookEvent.values()
        );
        Webhook one = new Webhook(URL, Set.of(WebhookEvent.CACHE_MISS), Map.of());
        assertThat(one.wants(WebhookEvent.CACHE_MISS)).isTrue();
        assertThat(one.wants(WebhookEvent.CLIENT_EVENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "/hooks",
            "ftp://example.com/",
            "file:///etc/passwd",
            "https:///x",
            "https://a:b@c/",
            "https://a/#b",
        }
    )
    void hasAnAddressOfTheWeb(String url) {
        assertThatIllegalArgumentException().isThrownBy(() ->
            new Webhook(URI.create(url), Set.of(), Map.of())
        );
    }

    @ParameterizedTest
    @ValueSource(strings = { "X-Pusher-Signature", "content-type", "Host", "a b", "", "x:y" })
    void leavesTheCallsOwnHeadersAlone(String header) {
        assertThatIllegalArgumentException().isThrownBy(() ->
            new Webhook(URL, Set.of(), Map.of(header, "x"))
        );
    }

    @Test
    void hasNoHeaderThatWouldBeTwo() {
        assertThatIllegalArgumentException().isThrownBy(() ->
            new Webhook(URL, Set.of(), Map.of("X-Ours", "a\r\nX-Pusher-Key: b"))
        );
    }

    @Test
    void keepsItsHeadersOutOfLogs() {
        assertThat(new Webhook(URL, Set.of(), Map.of("Authorization", "Bearer secret")))
            .asString()
            .doesNotContain("secret");
    }
}
