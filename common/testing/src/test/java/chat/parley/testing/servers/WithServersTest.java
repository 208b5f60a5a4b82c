package chat.parley.testing.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@WithServers({ Server.REDIS, Server.POSTGRES })
class WithServersTest {

    @Value("${PARLEY_POSTGRES_PORT:5432}")
    int postgres;

    @Value("${PARLEY_KAFKA:localhost:9092}")
    String kafka;

    @Value("${PARLEY_MANAGEMENT_PORT:8081}")
    int management;

    @Test
    void leadsTheApplicationToTheServersItNames() throws IOException {
        try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), postgres)) {
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(postgres).isNotEqualTo(5432);
    }

    @Test
    void leavesOtherServersAsTheApplicationHasThem() {
        assertThat(kafka).isEqualTo("localhost:9092");
    }

    @Test
    void takesPortsThatAreFree() {
        assertThat(management).isZero();
    }

    @Test
    void startsAServerOnce() {
        assertThat(TestServers.environment(Server.POSTGRES))
            .containsEntry("PARLEY_POSTGRES_PORT", Integer.toString(postgres))
            .isEqualTo(TestServers.environment(Server.POSTGRES));
    }

    @Configuration
    static class Nothing {}
}
