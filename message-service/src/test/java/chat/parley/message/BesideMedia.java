package chat.parley.message;

import chat.parley.contracts.json.WireJson;
import chat.parley.service.rooms.RoomsProperties;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/** What an instance does that media-service has a part in: it shows messages, and removes what nobody keeps. */
final class BesideMedia {

    static final PurgeProperties PURGE = new PurgeProperties(
        Duration.ofHours(1),
        1_000,
        2,
        Duration.ofHours(1)
    );
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Instance instance;
    private final FakeMedia media;

    BesideMedia(Instance instance, FakeMedia media) {
        this.instance = instance;
        this.media = media;
    }

    private MediaClient client() {
        var mapper = new JacksonJsonEncoder(WireJson.mapper());
        return new MediaClient(
            WebClient.builder().codecs(codecs -> codecs.defaultCodecs().jacksonJsonEncoder(mapper)),
            new MediaProperties(URI.create(media.url()), Duration.ofSeconds(2), 10, Duration.ofMinutes(1)),
            new ServiceTokens("message-service", new Secret("a-secret-".repeat(4)), Clock.systemUTC())
        );
    }

    private PageRemoval removal() {
        var belongings = new Belongings(
            new ReplyLists(instance.store),
            new Reactors(instance.store, instance.lease),
            new Carriers(instance.store, new Unlinks(instance.store), instance.lease)
        );
        return new PageRemoval(
            instance.pages,
            instance.archive.archive,
            instance.claims,
            belongings,
            client()
        );
    }

    /**
     * What goes through old pages, a few of them at a turn.
     *
     * @param archiveAfter zero if nothing goes to the archive
     */
    Upkeep upkeep(Duration archiveAfter) {
        var properties = new UpkeepProperties(Duration.ofHours(1), Duration.ofMinutes(10), 3);
        var stores = new StoreProperties(PATIENCE, DataSize.ofMegabytes(8), Duration.ofHours(48), true);
        return new Upkeep(
            instance.rooms,
            instance.tails,
            instance.retention(),
            new Expiry(
                instance.pages,
                instance.archive.archive,
                removal(),
                instance.rooms,
                properties,
                new SimpleMeterRegistry()
            ),
            new Archiving(
                instance.pages,
                instance.archive.archive,
                new ArchiveProperties(archiveAfter),
                stores,
                properties,
                instance.clock
            ),
            instance.archive.ends,
            instance.sweeper,
            properties,
            instance.clock
        );
    }

    /** Reading, as the web side does it. */
    Messages messages() {
        var properties = new MediaProperties(
            URI.create(media.url()),
            Duration.ofSeconds(2),
            10,
            Duration.ofMinutes(1)
        );
        return new Messages(
            instance.pages,
            instance.tails,
            new Beginnings(instance.pages, instance.tails, instance.rooms),
            new Attachments(client(), properties)
        );
    }

    /** What empties deleted rooms, two pages at a turn. */
    Purging purging() {
        return new Purging(
            instance.deleted(),
            new Purge(instance.pages, removal(), instance.rooms, PURGE),
            instance.tails,
            instance.sweeper,
            PURGE,
            new RoomsProperties(
                URI.create(media.url()),
                PATIENCE,
                10,
                Duration.ofSeconds(1),
                new RoomsProperties.Breaker(Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(5), 5)
            ),
            instance.lanesProperties,
            new SimpleMeterRegistry()
        );
    }
}
