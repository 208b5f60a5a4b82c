package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final RoomOutbox outbox = new RoomOutbox(new AtomicInteger());
    private final Lane lane = new Lane(RoomId.random(), 100, outbox);

    @Test
    void takesAtMostAPageAtOnceInTheOrderOfArrival() {
        Drafts.many(70).forEach(draft -> lane.enter(new Ticket(draft)));

        assertThat(lane.take())
            .hasSize(64)
            .first()
            .extracting(request -> ((Ticket) request).draft().content())
            .isEqualTo("m0");
        assertThat(lane.take())
            .hasSize(6)
            .first()
            .extracting(request -> ((Ticket) request).draft().content())
            .isEqualTo("m64");
        assertThat(lane.take()).isEmpty();
    }

    @Test
    void turnsAwayWhoFindsItFullUntilSomebodyHasLeft() {
        Drafts.many(100).forEach(draft -> lane.enter(new Ticket(draft)));

        assertThat(enter()).isEqualTo(Lane.Entry.FULL);
        lane.take();
        assertThat(enter()).isEqualTo(Lane.Entry.IN);
    }

    @Test
    void closesOnlyWhenNobodyWaitsAndForGood() {
        enter();

        assertThat(lane.close()).isFalse();
        lane.take();
        assertThat(lane.close()).isTrue();
        assertThat(enter()).isEqualTo(Lane.Entry.CLOSED);
    }

    private Lane.Entry enter() {
        return lane.enter(new Ticket(Drafts.says(Drafts.ANNA, "x")));
    }
}
