package chat.parley.bench.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BareRelayTest {

    @Test
    void handsOnWhatBothSidesSayAndThatOneHasGone() throws IOException {
        try (
            ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            BareRelay relay = new BareRelay(service.getLocalPort());
            Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
            Socket served = service.accept()
        ) {
            client.getOutputStream().write("ask".getBytes(UTF_8));
            assertThat(served.getInputStream().readNBytes(3)).isEqualTo("ask".getBytes(UTF_8));
            served.getOutputStream().write("answer".getBytes(UTF_8));
            assertThat(client.getInputStream().readNBytes(6)).isEqualTo("answer".getBytes(UTF_8));

            client.close();

            assertThat(served.getInputStream().read()).isEqualTo(-1);
        }
    }
}
