package chat.parley.gateway.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedAddressesTest {

    @ParameterizedTest
    @ValueSource(
        strings = {
            "/", "*", "/a/b%20c?d=%C3%BC&e=f+g;h", "/a:b@c!$&'()*+,;=-._~?/?", "http://host:80/a?b#c",
        }
    )
    void leavesAsItIsWhatIsWellFormed(String address) {
        assertThat(WellFormedAddresses.wellFormed(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
        {
            "/a?q=100%, /a?q=100%25",
            "/a?q=%zz%4, /a?q=%25zz%254",
            "/a?q=%4%41, /a?q=%254%41",
            "/a?q={\"b\"}|c^d, /a?q=%7B%22b%22%7D%7Cc%5Ed",
            "/a[0]?q[]=1, /a%5B0%5D?q%5B%5D=1",
            "/a\\b<c>, /a%5Cb%3Cc%3E",
        }
    )
    void encodesTheRest(String address, String expected) {
        assertThat(WellFormedAddresses.wellFormed(address)).isEqualTo(expected);
    }

    @Test
    void takesBytesForWhatTheyAre() {
        String asNettyReadsIt = new String(
            "/ü".getBytes(StandardCharsets.UTF_8),
            StandardCharsets.ISO_8859_1
        );

        assertThat(WellFormedAddresses.wellFormed(asNettyReadsIt)).isEqualTo("/%C3%BC");
    }

    @Test
    void makesOfAnythingWhatCanBeRead() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder address = new StringBuilder("/");
            random
                .ints(12, 0, 256)
                .filter(c -> c != '#')
                .forEach(c -> address.append((char) c));

            assertThat(
                URI.create("http://host" + WellFormedAddresses.wellFormed(address.toString()))
            ).isNotNull();
        }
    }
}
