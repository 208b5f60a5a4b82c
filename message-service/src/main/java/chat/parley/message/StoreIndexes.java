package chat.parley.message;

import chat.parley.service.LeavesTheChain;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Makes the indexes there are; in the background, as the service works without them, only slower or larger. */
@Component
final class StoreIndexes implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StoreIndexes.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Store store;
    private final StoreProperties properties;
    private volatile Disposable making = Disposables.disposed();

    StoreIndexes(Store store, StoreProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    @LeavesTheChain("Runs as long as the service does.")
    public void start() {
        making = oldClaimsGo()
            .then(terms())
            .then(dueRooms())
            .then(properties.versionIndex() ? versions() : Mono.empty())
            .doOnError(failure -> log.warn("indexes cannot be made yet: {}", failure.toString()))
            .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE))
            .subscribe();
    }

    private Mono<Void> oldClaimsGo() {
        IndexOptions expiring = new IndexOptions().expireAfter(
            properties.claimsKeptFor().toSeconds(),
            TimeUnit.SECONDS
        );
        return store
            .one(Claims.COLLECTION, claims -> claims.createIndex(Indexes.ascending(Claims.AT), expiring))
            .then();
    }

    private Mono<Void> terms() {
        return store
            .one(Pages.COLLECTION, pages ->
                pages.createIndex(
                    Indexes.compoundIndex(
                        Indexes.ascending(TermIndex.TERMS),
                        Indexes.descending(TermIndex.TIMES)
                    )
                )
            )
            .then();
    }

    /** Of rooms, not of pages; it is written when a room was looked at. */
    private Mono<Void> dueRooms() {
        return store
            .one(Tails.COLLECTION, rooms -> rooms.createIndex(Indexes.ascending(TendedRooms.LOOK_AT)))
            .then();
    }

    private Mono<Void> versions() {
        return store
            .one(Pages.COLLECTION, pages ->
                pages.createIndex(
                    Indexes.ascending(PageDocument.ID, PageDocument.VERSION),
                    new IndexOptions().unique(true)
                )
            )
            .then();
    }

    @Override
    public void stop() {
        making.dispose();
    }

    @Override
    public boolean isRunning() {
        return !making.isDisposed();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
