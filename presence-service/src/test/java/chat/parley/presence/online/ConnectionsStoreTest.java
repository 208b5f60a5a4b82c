package chat.parley.presence.online;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.EventId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.connection.ConnectionEvent;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionClosed;
import chat.parley.contracts.connection.ConnectionEvent.ConnectionIdentified;
import chat.parley.contracts.connection.ConnectionEvent.NodeAlive;
import chat.parley.presence.HandClock;
import chat.parley.presence.Shard;
import chat.parley.presence.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ConnectionsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final Duration RETELL = Duration.ofSeconds(20);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ReactiveStringRedisTemplate redis = TestRedis.empty();
    private final HandClock clock = new HandClock();
    private final Connections connections = instance();
    private final UserId anna = UserId.random();

    private Connections instance() {
        return new Connections(redis, new OnlineProperties(LEASE, GRACE, MEMORY, RETELL, RETRY, 100), clock);
    }

    @Test
    void comesOnlineWithTheFirstSocketOnly() {
        opens("node-a", "1.1", anna);
        assertThat(told()).containsExactly(anna + " online");

        opens("node-a", "1.2", anna);
        opens("node-b", "1.1", anna);
        assertThat(told()).isEmpty();
    }

    @Test
    void goesOfflineTenSecondsAfterTheLastSocket() {
        opens("node-a", "1.1", anna);
        opens("node-a", "1.2", anna);
        told();

        closes("node-a", "1.1", anna);
        clock.pass(GRACE.plusMillis(1));
        assertThat(told()).isEmpty();

        closes("node-a", "1.2", anna);
        clock.pass(GRACE.minusMillis(1));
        assertThat(told()).isEmpty();
        clock.pass(Duration.ofMillis(1));
        assertThat(told()).containsExactly(anna + " offline");
    }

    @Test
    void wasLastSeenWhenTheLastSocketWent() {
        opens("node-a", "1.1", anna);
        told();
        clock.pass(Duration.ofSeconds(5));
        Instant gone = clock.instant();
        closes("node-a", "1.1", anna);
        clock.pass(GRACE);

        assertThat(due()).extracting(Change::lastSeenAt).containsExactly(gone);
    }

    @Test
    void doesNotBlinkOnAReload() {
        opens("node-a", "1.1", anna);
        told();

        closes("node-a", "1.1", anna);
        clock.pass(GRACE.minusMillis(1));
        opens("node-b", "2.1", anna);
        clock.pass(GRACE);

        assertThat(told()).isEmpty();
    }

    @Test
    void makesNothingOfAnEventThatComesTwice() {
        opens("node-a", "1.1", anna);
        opens("node-a", "1.1", anna);
        assertThat(told()).containsExactly(anna + " online");

        closes("node-a", "1.1", anna);
        closes("node-a", "1.1", anna);
        clock.pass(GRACE);
        assertThat(told()).containsExactly(anna + " offline");
        assertThat(told()).isEmpty();
    }

    @Test
    void takesTheUsersOfADeadNodeOfflineWithin45Seconds() {
        opens("node-a", "1.1", anna);
        told();

        clock.pass(Duration.ofSeconds(10));
        lives("node-a");
        clock.pass(LEASE.minusMillis(1));
        assertThat(told()).isEmpty();

        clock.pass(Duration.ofMillis(1));
        assertThat(told()).isEmpty();
        clock.pass(GRACE);
        assertThat(told()).containsExactly(anna + " offline");
    }

    @Test
    void leavesOnlineWhoHasASocketOnAnotherNode() {
        opens("node-a", "1.1", anna);
        opens("node-b", "1.1", anna);
        told();

        clock.pass(Duration.ofSeconds(20));
        lives("node-b");
        clock.pass(Duration.ofSeconds(20));
        assertThat(told()).isEmpty();
        clock.pass(Duration.ofMillis(9_999));

        assertThat(told()).isEmpty();
    }

    @Test
    void bringsBackTheUsersOfANodeThatWasOnlyCutOff() {
        opens("node-a", "1.1", anna);
        told();
        clock.pass(LEASE);
        told();
        clock.pass(GRACE);
        assertThat(told()).containsExactly(anna + " offline");

        lives("node-a");

        assertThat(told()).containsExactly(anna + " online");
    }

    @Test
    void bringsNobodyBackByOldEventsOfADeadNode() {
        Instant before = clock.instant();
        clock.pass(LEASE);

        hears(identified(before, "node-a", "1.1", anna));

        assertThat(told()).isEmpty();
        clock.pass(GRACE);
        assertThat(told()).isEmpty();
    }

    @Test
    void learnsFromALaterSignOfLifeThatOldEventsStillHold() {
        Instant before = clock.instant();
        clock.pass(LEASE.plus(GRACE));
        hears(identified(before, "node-a", "1.1", anna));
        assertThat(told()).isEmpty();

        lives("node-a");

        assertThat(told()).containsExactly(anna + " online");
    }

    @Test
    void keepsNothingOfADeadNodeForEver() {
        opens("node-a", "1.1", anna);
        told();
        clock.pass(LEASE);
        told();
        clock.pass(GRACE.plus(MEMORY));
        told();

        assertThat(redis.keys("*").collectList().block(PATIENCE)).containsExactly(
            Shard.of(anna).keys("presence") + ":user:" + anna
        );
    }

    @Test
    void givesAChangeToOneInstanceOnly() {
        opens("node-a", "1.1", anna);

        List<Change> taken = Flux.range(0, 8)
            .flatMap(_ -> instance().due(Shard.of(anna)).subscribeOn(Schedulers.parallel()), 8)
            .collectList()
            .block(PATIENCE);

        assertThat(taken).hasSize(1);
    }

    @Test
    void givesAChangeToAnotherInstanceIfTheFirstDiesOverIt() {
        opens("node-a", "1.1", anna);
        assertThat(due()).hasSize(1);
        clock.pass(RETELL.minusMillis(1));
        assertThat(due()).isEmpty();

        clock.pass(Duration.ofMillis(1));

        assertThat(told()).containsExactly(anna + " online");
        clock.pass(RETELL);
        assertThat(told()).isEmpty();
    }

    @Test
    void triesAgainSoonWhatCouldNotBeTold() {
        opens("node-a", "1.1", anna);
        Change change = due().getFirst();

        connections.notTold(change).block(PATIENCE);

        assertThat(due()).isEmpty();
        clock.pass(RETRY);
        assertThat(told()).containsExactly(anna + " online");
    }

    @Test
    void tellsTheNextChangeOnlyAfterTheOneBeforeIt() {
        opens("node-a", "1.1", anna);
        Change online = due().getFirst();
        closes("node-a", "1.1", anna);
        clock.pass(GRACE);
        assertThat(due()).isEmpty();

        connections.told(online).block(PATIENCE);

        assertThat(told()).containsExactly(anna + " offline");
    }

    @Test
    void takesWhatIsHeardTogetherInItsOrder() {
        UserId bert = UserId.random();

        hears(
            identified(clock.instant(), "node-a", "1.1", anna),
            identified(clock.instant(), "node-a", "2.1", bert),
            closed("node-a", "1.1", anna),
            closed("node-a", "2.1", bert),
            identified(clock.instant(), "node-a", "2.2", bert)
        );

        assertThat(told()).containsExactlyInAnyOrder(anna + " online", bert + " online");
        clock.pass(GRACE);
        assertThat(told()).containsExactly(anna + " offline");
    }

    @Test
    void keepsAThousandPeopleApart() {
        List<UserId> people = Flux.range(0, 1000)
            .map(_ -> UserId.random())
            .collectList()
            .block(PATIENCE);
        hears(
            people
                .stream()
                .map(person -> identified(clock.instant(), "node-a", "1." + person, person))
                .toArray(ConnectionEvent[]::new)
        );

        assertThat(toldUntilNothingIsLeft()).hasSameElementsAs(
            people
                .stream()
                .map(person -> person + " online")
                .toList()
        );
        clock.pass(LEASE);
        told();
        clock.pass(GRACE);
        assertThat(toldUntilNothingIsLeft()).hasSameElementsAs(
            people
                .stream()
                .map(person -> person + " offline")
                .toList()
        );
    }

    private void opens(String node, String socket, UserId user) {
        hears(identified(clock.instant(), node, socket, user));
    }

    private static ConnectionIdentified identified(Instant at, String node, String socket, UserId user) {
        return new ConnectionIdentified(EventId.random(), at, node, socket, user);
    }

    private void closes(String node, String socket, UserId user) {
        hears(closed(node, socket, user));
    }

    private ConnectionClosed closed(String node, String socket, UserId user) {
        return new ConnectionClosed(EventId.random(), clock.instant(), node, socket, user);
    }

    private void lives(String node) {
        hears(new NodeAlive(EventId.random(), clock.instant(), node));
    }

    private void hears(ConnectionEvent... events) {
        connections.hear(List.of(events)).block(PATIENCE);
    }

    private List<Change> due() {
        return Flux.fromIterable(Shard.all()).concatMap(connections::due).collectList().block(PATIENCE);
    }

    private List<String> told() {
        List<Change> due = due();
        Flux.fromIterable(due).concatMap(connections::told).then(Mono.empty()).block(PATIENCE);
        return due
            .stream()
            .map(change -> change.user() + (change.online() ? " online" : " offline"))
            .toList();
    }

    private List<String> toldUntilNothingIsLeft() {
        List<String> all = new ArrayList<>();
        for (List<String> told = told(); !told.isEmpty(); told = told()) {
            all.addAll(told);
        }
        return all;
    }
}
