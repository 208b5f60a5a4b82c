package chat.parley.realtime.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.webhook.Lane.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane(2, 3);
    private final List<CompletableFuture<Outcome>> started = new ArrayList<>();

    private CompletableFuture<Outcome> call() {
        return lane.run(() -> {
            CompletableFuture<Outcome> call = new CompletableFuture<>();
            started.add(call);
            return call;
        });
    }

    @Test
    void runsSomeAtOnceAndTheNextAfterOneOfThem() {
        call();
        call();
        var waiting = call();
        assertThat(started).hasSize(2);

        started.getFirst().complete(Outcome.DELIVERED);

        assertThat(started).hasSize(3);
        assertThat(waiting).isNotDone();
        started.getLast().complete(Outcome.FAILED);
        assertThat(waiting).isCompletedWithValue(Outcome.FAILED);
    }

    @Test
    void hasNoRoomBeyondItsBoundAndAgainAfterwards() {
        call();
        call();
        call();

        assertThat(call()).isCompletedWithValue(Outcome.NO_ROOM);

        started.getFirst().complete(Outcome.DELIVERED);
        assertThat(call()).isNotDone();
    }

    @Test
    void aCallThatBreaksHasFailedAndLetsTheNextRun() {
        var broken = call();
        call();
        call();

        started.getFirst().completeExceptionally(new IllegalStateException("on purpose"));

        assertThat(broken).isCompletedWithValue(Outcome.FAILED);
        assertThat(started).hasSize(3);
    }
}
