package chat.parley.bench.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightTest {

    @Test
    void hasLandedOnceEverybodyHasHeardIt() throws Exception {
        Flight flight = new Flight(7, 2);
        long start = System.nanoTime();

        flight.heard();
        assertThat(flight.await(0)).isFalse();
        flight.heard();

        assertThat(flight.await(0)).isTrue();
        assertThat(flight.landed()).isBetween(start, System.nanoTime());
    }
}
