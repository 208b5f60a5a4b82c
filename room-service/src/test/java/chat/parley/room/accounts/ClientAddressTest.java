package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource(
        {
            "192.0.2.7, 192.0.2.7",
            "192.0.2.7:4711, 192.0.2.7",
            "::ffff:192.0.2.7, 192.0.2.7",
            "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
            "2001:DB8:1:2::9, 20010db800010002/64",
            "[2001:db8:1:2::9]:443, 20010db800010002/64",
            "::1, 0000000000000000/64",
        }
    )
    void knowsAddressesByTheirPlace(String written, String place) {
        assertThat(ClientAddress.parse(written)).isEqualTo(new ClientAddress(place));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "unknown", "localhost", "example.org", "1.2.3.4.5", "[", "_hidden", "::g" })
    void takesNothingElseForOne(String written) {
        assertThat(ClientAddress.parse(written)).isNull();
    }

    @Test
    void asksWhoIsConnectedWhenNobodyIsNamed() {
        assertThat(ClientAddress.of(request().build())).isEqualTo(new ClientAddress("198.51.100.1"));
        assertThat(
            ClientAddress.of(request().header("X-Forwarded-For", "nonsense, 192.0.2.7").build())
        ).isEqualTo(new ClientAddress("198.51.100.1"));
    }

    @Test
    void takesTheFirstThatIsNamed() {
        assertThat(
            ClientAddress.of(request().header("X-Forwarded-For", "192.0.2.7, 10.0.0.1").build())
        ).isEqualTo(new ClientAddress("192.0.2.7"));
    }

    private static MockServerHttpRequest.BaseBuilder<?> request() {
        return MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress("198.51.100.1", 1));
    }
}
