package chat.parley.message;

import chat.parley.contracts.RoomId;
import chat.parley.message.archive.ArchiveStoreConfiguration;
import chat.parley.message.archive.ArchiveStoreProperties;
import chat.parley.message.archive.ArchivedObjects;
import chat.parley.sealing.Sealer;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The archive of one instance, on a real store, which can be away. */
final class TestArchive {

    /** Where no store is. */
    static final String NOWHERE = "http://127.0.0.1:1";

    // Shared by all instances of this JVM: closing one takes seconds.
    private static final Map<String, S3AsyncClient> CLIENTS = new ConcurrentHashMap<>();
    private static final String BUCKET = "parley-archive-test";

    final S3AsyncClient s3;
    final ArchivedObjects objects;
    final LooseEnds ends;
    final Archive archive;

    TestArchive(
        String endpoint,
        Store store,
        Lease lease,
        LeaseProperties leases,
        Clock clock,
        TestKeys keys
    ) {
        var properties = properties(endpoint);
        s3 = CLIENTS.computeIfAbsent(endpoint, _ ->
            new ArchiveStoreConfiguration().archiveClient(properties)
        );
        objects = new ArchivedObjects(s3, properties);
        ends = new LooseEnds(store, objects, lease, leases, clock);
        archive = new Archive(
            store,
            objects,
            new PagePacking(new Sealer(keys.keyring())),
            ends,
            lease,
            clock,
            new SimpleMeterRegistry()
        );
    }

    static String somewhere() {
        return TestServers.environment(Server.S3).get("PARLEY_S3_ENDPOINT");
    }

    private static ArchiveStoreProperties properties(String endpoint) {
        var environment = TestServers.environment(Server.S3);
        return new ArchiveStoreProperties(
            URI.create(endpoint),
            environment.get("PARLEY_S3_REGION"),
            BUCKET,
            environment.get("PARLEY_S3_ACCESS_KEY"),
            environment.get("PARLEY_S3_SECRET_KEY"),
            4,
            64,
            Duration.ofSeconds(10)
        );
    }

    /** The names of the objects that the room has. */
    List<String> objectsOf(RoomId room) {
        try {
            return s3
                .listObjectsV2(list -> list.bucket(BUCKET).prefix(room + "/"))
                .join()
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoSuchBucketException) {
                return List.of();
            }
            throw e;
        }
    }

    byte[] bytesOf(String key) {
        return objects.get(key).block(Duration.ofSeconds(10));
    }
}
