package chat.parley.realtime.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Each transport that works on this machine, with a web server on it. */
class TransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(Transport.class)
    void servesWhereItWorks(Transport transport) throws Exception {
        assumeThat(transport.works()).isTrue();
        EventLoops loops = new EventLoops(transport, 1);
        DisposableServer server = HttpServer.create()
            .runOn(loops)
            .host("127.0.0.1")
            .port(0)
            .handle((_, answer) -> answer.sendString(Mono.just("served")))
            .bindNow(SOON);
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port())).build();

            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("served");
        } finally {
            server.disposeNow(SOON);
            loops.disposeLater(Duration.ZERO, SOON).block(SOON);
        }
        assertThat(loops.isDisposed()).isTrue();
    }

    @Test
    void takesTheFirstThatWorks() {
        Transport.Selection selection = Transport.select(TransportProperties.Choice.AUTO);

        assertThat(selection.transport().works()).isTrue();
        for (int better = 0; better < selection.transport().ordinal(); better++) {
            assertThat(Transport.values()[better].works()).isFalse();
            assertThat(selection.why()).contains(Transport.values()[better].name());
        }
    }

    @Test
    void takesWhatIsAskedFor() {
        assertThat(Transport.select(TransportProperties.Choice.NIO).transport()).isEqualTo(Transport.NIO);
    }

    @Test
    void leavesAProcessorToTheKernel() {
        int processors = Runtime.getRuntime().availableProcessors();

        assertThat(new TransportProperties(TransportProperties.Choice.AUTO, 0).loops())
            .isPositive()
            .isLessThanOrEqualTo(processors);
        assertThat(new TransportProperties(TransportProperties.Choice.AUTO, 3).loops()).isEqualTo(3);
    }
}
