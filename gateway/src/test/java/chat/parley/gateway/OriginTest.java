package chat.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class OriginTest {

    private static final TrustedProxies PROXIES = new TrustedProxies(
        Stream.of("10.0.0.0/8", "192.168.7.1", "fd00::/8").map(Network::of).toList()
    );

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock = """
        203.0.113.9        |                                    | 203.0.113.9
        203.0.113.9        | 6.6.6.6                            | 203.0.113.9
        10.1.2.3           |                                    | 10.1.2.3
        10.1.2.3           | 203.0.113.9                        | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 6.6.6.6, 203.0.113.9               | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 6.6.6.6, 203.0.113.9, 192.168.7.1  | 203.0.113.9, 192.168.7.1, 10.1.2.3
        10.1.2.3           | 10.9.9.9, 203.0.113.9              | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 10.9.9.9, 192.168.7.1              | 10.9.9.9, 192.168.7.1, 10.1.2.3
        10.1.2.3           | 6.6.6.6, unknown                   | 10.1.2.3
        10.1.2.3           | 6.6.6.6, unknown, 10.4.4.4         | 10.4.4.4, 10.1.2.3
        10.1.2.3           | 6.6.6.6, 203.0.113.9:4711          | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 203.0.113.9:                       | 10.1.2.3
        10.1.2.3           | 203.0.113                          | 10.1.2.3
        10.1.2.3           | 999.1.1.1                          | 10.1.2.3
        10.1.2.3           | 6                                  | 10.1.2.3
        10.1.2.3           | localhost                          | 10.1.2.3
        10.1.2.3           | ,,                                 | 10.1.2.3
        10.1.2.3           | 203.0.113.9,                       | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 203.0.113.9,, 10.4.4.4             | 203.0.113.9, 10.4.4.4, 10.1.2.3
        10.1.2.3           | [2001:db8::1]:443                  | 2001:db8:0:0:0:0:0:1, 10.1.2.3
        10.1.2.3           | [2001:db8::1]                      | 2001:db8:0:0:0:0:0:1, 10.1.2.3
        10.1.2.3           | 2001:DB8::1                        | 2001:db8:0:0:0:0:0:1, 10.1.2.3
        10.1.2.3           | fe80::1%eth0                       | 10.1.2.3
        10.1.2.3           | ::ffff:203.0.113.9                 | 203.0.113.9, 10.1.2.3
        10.1.2.3           | 6.6.6.6, ::ffff:10.5.5.5           | 6.6.6.6, 10.5.5.5, 10.1.2.3
        fd00::1            | 203.0.113.9                        | 203.0.113.9, fd00:0:0:0:0:0:0:1
        2001:db8::9        | 203.0.113.9                        | 2001:db8:0:0:0:0:0:9
        """
    )
    void isTheRightmostThatIsNoTrustedProxy(String peer, String forwarded, String way) {
        assertThat(originOf(peer, forwarded == null ? List.of() : List.of(forwarded)).header()).isEqualTo(
            way
        );
    }

    @Test
    void readsSeveralHeadersAsOne() {
        Origin origin = originOf("10.1.2.3", List.of("6.6.6.6, 203.0.113.9", "192.168.7.1"));

        assertThat(origin.header()).isEqualTo("203.0.113.9, 192.168.7.1, 10.1.2.3");
    }

    @Test
    void knowsAMappedPeerForWhatItIs() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(new byte[] { 10, 1, 2, 3 }, 0, mapped, 12, 4);
        InetAddress peer = Inet6Address.getByAddress(null, mapped, 0);

        Origin origin = Origin.of(request(peer, List.of("203.0.113.9")), PROXIES);

        assertThat(origin.header()).isEqualTo("203.0.113.9, 10.1.2.3");
    }

    @Test
    void takesANetworkOfIpv6ForOneHousehold() {
        String here = originOf("2001:db8:1:2::1", List.of()).household();

        assertThat(originOf("2001:db8:1:2:ffff::9", List.of()).household()).isEqualTo(here);
        assertThat(originOf("2001:db8:1:3::1", List.of()).household()).isNotEqualTo(here);
        assertThat(originOf("203.0.113.9", List.of()).household()).isEqualTo("203.0.113.9");
    }

    /** Whatever a client writes to the left, the address that the first trusted proxy saw stands. */
    @Test
    void believesNoInvention() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "0123456789abcdef.:[]%, \t;\"x";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder forged = new StringBuilder();
            random
                .ints(random.nextInt(60), 0, alphabet.length())
                .forEach(at -> forged.append(alphabet.charAt(at)));

            Origin origin = originOf("10.1.2.3", List.of(forged.toString(), "203.0.113.9, 10.8.8.8"));

            assertThat(origin.header())
                .as("seed %d: %s", seed, forged)
                .isEqualTo("203.0.113.9, 10.8.8.8, 10.1.2.3");
        }
    }

    private static Origin originOf(String peer, List<String> forwarded) {
        return Origin.of(request(InetAddress.ofLiteral(peer), forwarded), PROXIES);
    }

    private static MockServerHttpRequest request(InetAddress peer, List<String> forwarded) {
        return MockServerHttpRequest.get("/")
            .remoteAddress(new InetSocketAddress(peer, 5))
            .header(Origin.HEADER, forwarded.toArray(String[]::new))
            .build();
    }
}
