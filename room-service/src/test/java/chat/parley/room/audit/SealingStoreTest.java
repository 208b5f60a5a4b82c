package chat.parley.room.audit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.room.RoomServiceTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Several instances, and such as end where they should not. */
@RoomServiceTest
class SealingStoreTest {

    private final RoomId room = RoomId.random();

    @Autowired
    private R2dbcConnectionDetails postgres;

    private Ledger ledger;

    @BeforeEach
    void anEmptyLog() {
        ledger = new Ledger(postgres, "own_sealing");
    }

    @Test
    void givesEveryEntryOnePlaceWithoutHolesWhenInstancesCompete() {
        List<UserId> members = Stream.generate(UserId::random).limit(200).toList();
        AtomicBoolean written = new AtomicBoolean();
        Mono<Void> writing = Flux.fromIterable(members)
            .flatMap(member -> write(departure(member)), 4)
            .then()
            .doOnTerminate(() -> written.set(true));

        writing.and(sealing(written)).and(sealing(written)).and(sealing(written)).block(Ledger.PATIENCE);
        ledger.seal();

        assertThat(ledger.head().position()).isEqualTo(members.size());
        assertThat(ledger.verdict().isIntact()).isTrue();
        assertThat(ledger.number("SELECT count(DISTINCT member_id) FROM audit_log")).isEqualTo(
            members.size()
        );
    }

    /**
     * An instance, with batches so small that it meets the others all the time. It ends the round that it is in: one
     * cut off would hold the head until PostgreSQL has heard of that.
     */
    private Mono<Void> sealing(AtomicBoolean written) {
        return Mono.defer(() -> ledger.sealing(7).run())
            .repeat(() -> !written.get())
            .then();
    }

    @Test
    void keepsTheOrderInWhichARoomsEntriesWereWritten() {
        List<UserId> members = Stream.generate(UserId::random).limit(30).toList();
        members.forEach(member -> {
            ledger.write(departure(member));
            ledger.sealing(2).run().block(Ledger.PATIENCE);
        });

        List<UUID> placed = ledger.entries
            .after(0, 100)
            .map(entry -> entry.sealed().entry().member())
            .collectList()
            .block(Ledger.PATIENCE);

        assertThat(placed).isEqualTo(members.stream().map(UserId::value).toList());
    }

    @Test
    void placesAnEntryThatCommitsAfterLaterOnesWereSealed() {
        Sinks.Empty<Void> commit = Sinks.empty();
        Mono<Void> slow = ledger
            .schema()
            .transactions()
            .run(ledger.log().write(departure(UserId.random())).then(commit.asMono()))
            .cache();
        Disposable writing = slow.subscribe();
        Awaitility.await().until(() -> ledger.number("SELECT nextval('public.audit_arrival')") > 1);
        ledger.write(departure(UserId.random()));
        ledger.seal();

        commit.tryEmitEmpty().orThrow();
        slow.block(Ledger.PATIENCE);
        ledger.seal();

        writing.dispose();
        assertThat(ledger.verdict().isIntact()).isTrue();
        assertThat(ledger.head().position()).isEqualTo(2);
    }

    @Test
    void hasDoneNothingWhenItIsKilledInTheMiddle() {
        ledger.write(departure(UserId.random()), departure(UserId.random()), departure(UserId.random()));
        Sinks.One<Integer> backend = Sinks.one();
        Mono<Void> halfDone = ledger
            .schema()
            .transactions()
            .run(placeTheFirstOnly().then(pid()).doOnNext(backend::tryEmitValue).then(Mono.never()));
        Disposable instance = halfDone.onErrorComplete().subscribe();
        int pid = backend.asMono().block(Ledger.PATIENCE);
        assertThat(ledger.sealing(10).run().block(Ledger.PATIENCE)).as("another instance passes by").isNull();

        ledger.number("SELECT count(*) FROM (SELECT pg_terminate_backend(%d))".formatted(pid));
        Awaitility.await().until(() -> {
            ledger.seal();
            return ledger.head().position() == 3;
        });

        instance.dispose();
        assertThat(ledger.verdict().isIntact()).isTrue();
    }

    private Mono<Void> placeTheFirstOnly() {
        return ledger.entries
            .takeHead()
            .flatMap(head ->
                ledger.entries
                    .waiting(AuditEntries.FROM_THE_FIRST, 1)
                    .flatMap(one -> {
                        SealedEntry sealed = one.getFirst().sealed();
                        byte[] mac = ledger.key.link(1, head.mac(), sealed);
                        return ledger.entries.place(List.of(new ChainedEntry(1, mac, sealed)));
                    })
            );
    }

    private Mono<Integer> pid() {
        return ledger
            .schema()
            .database()
            .sql("SELECT pg_backend_pid() AS pid")
            .map(row -> row.get("pid", Integer.class))
            .one();
    }

    private Mono<Void> write(Deed deed) {
        return ledger.schema().transactions().run(ledger.log().write(deed));
    }

    private Deed departure(UserId member) {
        return Deed.departure(UserId.random(), room, member);
    }
}
