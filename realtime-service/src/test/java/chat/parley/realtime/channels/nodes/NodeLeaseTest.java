package chat.parley.realtime.channels.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A node's lease, and what hangs on it. */
class NodeLeaseTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final NodesProperties PROPERTIES = new NodesProperties(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(2)
    );

    private final List<String> done = new ArrayList<>();
    private final Node node = new Node();
    private final FakeLeases leases = new FakeLeases();
    private final Held members = new Held("members");
    private final Held counts = new Held("counts");
    private final NodeLease lease = new NodeLease(node, leases, List.of(members, counts), PROPERTIES);

    private boolean renews() {
        return lease.renew().thenReturn(true).onErrorReturn(false).block(SOON);
    }

    @Test
    void takesOutTheDeadAndEndsTheirLeaseLast() {
        leases.renewal = new SharedLeases.Renewal(true, List.of("dead"));

        assertThat(renews()).isTrue();

        assertThat(done).containsExactly(
            "members takes out dead",
            "counts takes out dead",
            "end dead",
            "members looks after",
            "counts looks after"
        );
    }

    @Test
    void aLeaseStaysUntilEverythingIsTakenOut() {
        leases.renewal = new SharedLeases.Renewal(true, List.of("dead"));
        members.failing = true;

        assertThat(renews()).isFalse();

        assertThat(done).contains("counts takes out dead").doesNotContain("end dead");
    }

    @Test
    void tellsEverythingAgainUntilAllOfItIsTold() {
        leases.renewal = new SharedLeases.Renewal(false, List.of());
        members.failing = true;
        assertThat(renews()).isFalse();
        leases.renewal = new SharedLeases.Renewal(true, List.of());
        members.failing = false;
        done.clear();

        assertThat(renews()).isTrue();

        assertThat(done).startsWith("members tells again", "counts tells again");
        done.clear();
        renews();
        assertThat(done).containsExactly("members looks after", "counts looks after");
    }

    @Test
    void whoGoesAwayTakesEverythingAlong() {
        lease.goAway().block(SOON);

        assertThat(done).containsExactly(
            "members takes out " + node.id(),
            "counts takes out " + node.id(),
            "end " + node.id()
        );
    }

    private final class Held implements Holdings {

        private final String name;
        private boolean failing;

        private Held(String name) {
            this.name = name;
        }

        private Mono<Void> does(String what) {
            return Mono.defer(() -> {
                done.add(name + " " + what);
                return failing ? Mono.error(new IllegalStateException("away")) : Mono.empty();
            });
        }

        @Override
        public Mono<Void> takeOut(String deadNode) {
            return does("takes out " + deadNode);
        }

        @Override
        public Mono<Void> tellAgain() {
            return does("tells again");
        }

        @Override
        public Mono<Void> lookAfter() {
            return does("looks after");
        }
    }

    private final class FakeLeases extends SharedLeases {

        private Renewal renewal = new Renewal(true, List.of());

        @SuppressWarnings("NullAway") // Every question to the real one is answered here.
        private FakeLeases() {
            super(null, PROPERTIES);
        }

        @Override
        Mono<Renewal> renew(String node) {
            return Mono.fromSupplier(() -> renewal);
        }

        @Override
        Mono<Void> end(String node) {
            return Mono.fromRunnable(() -> done.add("end " + node));
        }
    }
}
