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
import org.bson.Document;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
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
    final Resealing resealing;
    final Claims claims;
    final Reactors reactors;
    final KafkaLog.Connection kafka;
    final Doors doors;
    final TestKeys keys;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final TendedRooms rooms;
    final TestArchive archive;
    final Clock clock;
    private final MongoClient client;
    final LaneProperties lanesProperties;
    private final Heartbeat heartbeat;
    private final StoreIndexes indexes;

    Instance(String database, KafkaLog log, LeaseProperties leases) {
        this(database, log, leases, 256);
    }

    Instance(String database, KafkaLog log, LeaseProperties leases, int waiting) {
        this(database, log, leases, waiting, TestKeys.FIXED);
    }

    Instance(String database, KafkaLog log, LeaseProperties leases, int waiting, TestKeys keys) {
        this(database, log, leases, waiting, Doors.open(), keys, Clock.systemUTC(), TestArchive.somewhere());
        indexes.start();
        heartbeat.start();
    }

    /**
     * One that does nothing unasked, so that its steps are always the same: it gives a sign of life when it needs
     * one, and tidies up at once.
     */
    static Instance stepping(String database, KafkaLog log, Doors doors) {
        return new Instance(
            database,
            log,
            STEADY,
            256,
            doors,
            TestKeys.FIXED,
            Clock.systemUTC(),
            TestArchive.somewhere()
        );
    }

    /** One that lives at another time, or at several, one after the other. */
    Instance(String database, KafkaLog log, LeaseProperties leases, Clock clock) {
        this(database, log, leases, clock, TestArchive.somewhere());
    }

    Instance(String database, KafkaLog log, LeaseProperties leases, Clock clock, String archiveAt) {
        this(database, log, leases, 256, Doors.open(), TestKeys.FIXED, clock, archiveAt);
        indexes.start();
        heartbeat.start();
    }

    /** One that dies at a step of its own. */
    static Instance dying(String database, KafkaLog log, LeaseProperties leases, Doors doors, TestKeys keys) {
        var instance = new Instance(
            database,
            log,
            leases,
            256,
            doors,
            keys,
            Clock.systemUTC(),
            TestArchive.somewhere()
        );
        instance.indexes.start();
        instance.heartbeat.start();
        return instance;
    }

    private Instance(
        String database,
        KafkaLog log,
        LeaseProperties leases,
        int waiting,
        Doors doors,
        TestKeys keys,
        Clock clock,
        String archiveAt
    ) {
        this.doors = doors;
        this.keys = keys;
        this.clock = clock;
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
        store = new Store(
            doors.template(new SimpleReactiveMongoDatabaseFactory(client, database)),
            properties
        );
        lease = new Lease(store, leases, keys.keys());
        archive = new TestArchive(archiveAt, store, lease, leases, clock, keys);
        pages = new Pages(
            store,
            properties,
            keys.documents(meters),
            keys.keyrings(meters),
            archive.archive,
            new PageWrites(MessageTermsOf.tests(), clock),
            meters
        );
        tails = new Tails(store, pages, clock);
        rooms = new TendedRooms(store, clock);
        marks = new Marks(store);
        claims = new Claims(store, clock);
        kafka = log.connect(doors);
        var counts = new ReplyCounts(pages, lease);
        reactors = new Reactors(store, lease);
        var debts = new Debts(
            counts,
            new ReplyLists(store),
            reactors,
            new Carriers(store, new Unlinks(store), lease)
        );
        var relay = new Relay(kafka.publisher(), pages, debts, lease, clock, meters);
        lanesProperties = new LaneProperties(
            100,
            waiting,
            64,
            50,
            leases.validFor(),
            20_000,
            Duration.ofMillis(20),
            Duration.ofSeconds(1)
        );
        var writes = new OwingWrites(marks, tails, lease, pages);
        var commits = new Commits(pages, tails, claims, writes, lease, debts, lanesProperties, clock);
        var alterations = new Alterations(pages, lease, writes, debts, lanesProperties, clock);
        var tidying = new Tidying(pages, marks, lease, commits, lanesProperties);
        var threads = new ImportedThreads(pages);
        var deliveries = new Deliveries(commits, threads, pages, writes, lease, lanesProperties, clock);
        lanes = new Lanes(commits, alterations, deliveries, relay, tidying, lanesProperties, clock, meters);
        heartbeat = new Heartbeat(lease, leases);
        sweeper = new Sweeper(store, lease, leases, marks, pages, relay, debts);
        resealing = resealing();
        indexes = new StoreIndexes(store, properties);
        lanes.start();
    }

    /** Three pages at a turn, and soon after all instances seal with the same key. */
    private Resealing resealing() {
        return new Resealing(
            new KeyWalks(store),
            new Renewal(store, keys.documents(), keys.keys(), archive.archive),
            tails,
            rooms,
            lease,
            sweeper,
            keys.keys(),
            new ResealingProperties(Duration.ofHours(1), 1_000, 3, Duration.ofSeconds(2)),
            Clock.systemUTC(),
            meters
        );
    }

    Mono<Posted> post(RoomId room, Draft draft) {
        return lanes.post(room, draft);
    }

    Mono<Delivered> deliver(RoomId room, String source, List<Imported> messages) {
        return lanes.deliver(room, source, messages);
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

    Page page(PageId id) {
        return pages.load(id).block(PATIENCE);
    }

    List<OutboxEntry> outbox(RoomId room, int page) {
        return List.copyOf(pages.load(new PageId(room, page)).block(PATIENCE).outbox().values());
    }

    /** What it does together with media-service. */
    BesideMedia with(FakeMedia media) {
        return new BesideMedia(this, media);
    }

    Retention retention() {
        return new Retention(store, new RetentionProperties(null));
    }

    /** The room has been deleted, long enough ago for nobody to write to it any more. */
    void deletedLongAgo(RoomId room) {
        deleted().add(room).then(Mono.defer(() -> deleted().goesOn(room))).block(PATIENCE);
    }

    void deletedJustNow(RoomId room) {
        deleted().add(room).block(PATIENCE);
    }

    DeletedRooms deleted() {
        return new DeletedRooms(store, BesideMedia.PURGE, Clock.systemUTC());
    }

    /** How many documents there are of the room, of whatever kind. */
    long documentsOf(RoomId room) {
        var own = new Document("_id", new Document("$regex", "^" + room));
        return Flux.just(
            Pages.COLLECTION,
            Claims.COLLECTION,
            "tails",
            "deleted_rooms",
            ReplyLists.COLLECTION,
            Reactors.COLLECTION,
            Archive.RETURNED,
            LooseEnds.COLLECTION,
            Retention.COLLECTION
        )
            .concatMap(collection -> store.one(collection, all -> all.countDocuments(own)))
            .reduce(0L, Long::sum)
            .block(PATIENCE);
    }

    /** Ends in good order. */
    Mono<Void> leave() {
        return Mono.<Void>create(end -> lanes.stop(end::success)).then(
            Mono.create(end -> heartbeat.stop(end::success))
        );
    }

    /** As kill -9: nothing is said to anybody, what is under way may arrive or not. */
    void kill() {
        doors.shut();
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
