package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One instance of message-service without its web side, which can be killed. */
final class Instance implements AutoCloseable {

    static final LeaseProperties STEADY = new LeaseProperties(
        Duration.ofSeconds(5),
        Duration.ofSeconds(120),
        Duration.ofSeconds(20)
    );
    static final LeaseProperties BRITTLE = new LeaseProperties(
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5)
    );
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Store store;
    final Pages pages;
    final Tails tails;
    final Marks marks;
    final Lease lease;
    final Lanes lanes;
    final Sweeper sweeper;
    final KafkaLog.Connection kafka;
    private final MongoClient client;
    private final Heartbeat heartbeat;
    private final StoreIndexes indexes;

    Instance(String database, KafkaLog log, LeaseProperties leases) {
        this(database, log, leases, 256);
    }

    Instance(String database, KafkaLog log, LeaseProperties leases, int waiting) {
        var properties = new StoreProperties(
            leases.grace().minusMillis(500),
            DataSize.ofMegabytes(8),
            Duration.ofHours(48),
            true
        );
        var settings = MongoClientSettings.builder().applyConnectionString(
            new ConnectionString(TestServers.environment(Server.MONGODB).get("PARLEY_MONGODB_URI"))
        );
        new StoreConfiguration().durable(properties).customize(settings);
        client = MongoClients.create(settings.build());
        store = new Store(new ReactiveMongoTemplate(client, database), properties);
        var meters = new SimpleMeterRegistry();
        pages = new Pages(store, properties, meters);
        tails = new Tails(store, pages);
        marks = new Marks(store);
        lease = new Lease(store, leases);
        kafka = log.connect();
        var clock = Clock.systemUTC();
        var counts = new ReplyCounts(pages, lease);
        var relay = new Relay(kafka.publisher(), counts, lease, clock, meters);
        var lanesProperties = new LaneProperties(
            100,
            waiting,
            64,
            50,
            leases.validFor(),
            20_000,
            Duration.ofMillis(100),
            Duration.ofSeconds(1)
        );
        var commits = new Commits(
            pages,
            tails,
            new Claims(store, clock),
            marks,
            lease,
            counts,
            lanesProperties,
            clock
        );
        var tidying = new Tidying(pages, marks, lease, commits, lanesProperties);
        lanes = new Lanes(commits, relay, tidying, lanesProperties, clock, meters);
        heartbeat = new Heartbeat(lease, leases);
        sweeper = new Sweeper(store, lease, leases, marks, pages, relay, counts);
        indexes = new StoreIndexes(store, properties);
        indexes.start();
        heartbeat.start();
        lanes.start();
    }

    Mono<Posted> post(RoomId room, Draft draft) {
        return lanes.post(room, draft);
    }

    List<Message> history(RoomId room) {
        return tails
            .current(room)
            .flatMapMany(tail -> Flux.range(0, Math.toIntExact(tail.id().number() + 1)))
            .concatMap(number -> pages.load(new PageId(room, number)))
            .flatMapIterable(Page::messages)
            .collectList()
            .block(PATIENCE);
    }

    List<OutboxEntry> outbox(RoomId room, int page) {
        return List.copyOf(pages.load(new PageId(room, page)).block(PATIENCE).outbox().values());
    }

    /** As kill -9: nothing is said to anybody, what is under way may arrive or not. */
    void kill() {
        kafka.cut();
        client.close();
        lanes.stop();
        heartbeat.stop();
        indexes.stop();
    }

    @Override
    public void close() {
        lanes.stop();
        heartbeat.stop();
        indexes.stop();
        client.close();
    }
}
