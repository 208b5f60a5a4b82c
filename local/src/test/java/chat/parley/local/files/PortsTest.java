package chat.parley.local.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    private static final List<String> NAMES = List.of("postgres", "kafka", "room-service");

    private static final int GATEWAY = 8080;

    private DataFolder folder;

    @BeforeEach
    void createFolder(@TempDir Path root) {
        folder = new DataFolder(root);
        folder.create();
    }

    @Test
    void areTheSameInTheNextRun() throws IOException {
        Ports first = Ports.of(folder, NAMES, GATEWAY);

        Ports second = Ports.of(folder, NAMES, GATEWAY);

        assertThat(NAMES).allSatisfy(name -> assertThat(second.of(name)).isEqualTo(first.of(name)));
        assertThat(NAMES).extracting(first::of).doesNotHaveDuplicates();
        assertThat(Ports.remembered(folder).of("kafka")).isEqualTo(first.of("kafka"));
    }

    @Test
    void changeOnlyWhereSomebodyElseListensNow() throws IOException {
        Ports before = Ports.of(folder, NAMES, GATEWAY);

        try (ServerSocket _ = listenAt(before.of("kafka"))) {
            Ports after = Ports.of(folder, NAMES, GATEWAY);

            assertThat(Ports.isFree(before.of("kafka"))).isFalse();
            assertThat(after.of("kafka")).isNotEqualTo(before.of("kafka"));
            assertThat(after.of("postgres")).isEqualTo(before.of("postgres"));
        }
    }

    @Test
    void leaveTheGatewayThePortThatItsUserHasChosen() throws IOException {
        int chosen = Ports.of(folder, NAMES, GATEWAY).of("kafka");

        Ports after = Ports.of(folder, NAMES, chosen);

        assertThat(NAMES).extracting(after::of).doesNotContain(chosen);
    }

    private static ServerSocket listenAt(int port) throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}
