package chat.parley.room.accounts;

import chat.parley.room.Rows;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.Tries.Bucket;
import chat.parley.room.accounts.Tries.Pair;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** How sign-ins begin, in one statement: whether the address is known, both tries, and the account. */
@Component
class Attempts {

    private static final String BEGIN = """
        WITH seen AS (%s), %s
        SELECT %s AS taken, (SELECT last_seen_at FROM seen) AS last_seen_at, %s
        FROM (SELECT 1) AS always LEFT JOIN users u ON u.username = :username
        """.formatted(
            KnownAddresses.LAST_SEEN,
            Tries.taking("CASE WHEN EXISTS (SELECT 1 FROM seen) THEN :owners ELSE :strangers END"),
            Tries.TAKEN,
            Credentials.COLUMNS
        );

    private final DatabaseClient database;
    private final KnownAddresses known;
    private final Tries tries;

    Attempts(DatabaseClient database, KnownAddresses known, Tries tries) {
        this.database = database;
        this.known = known;
        this.tries = tries;
    }

    /**
     * @throws NoTryLeft (in the Mono) if one of the buckets has none; nothing is taken then
     */
    Mono<Attempt> begin(String username, ClientAddress address, Buckets buckets) {
        return Mono.defer(() -> {
            Instant now = tries.now();
            return known
                .bindLastSeen(statement(username, buckets, now), username, address)
                .map(row -> new Outcome(Rows.number(row, "taken"), attemptOf(row, buckets)))
                .one()
                .delayUntil(outcome -> tries.settle(outcome.taken, outcome.attempt.tries(), now))
                .map(Outcome::attempt);
        });
    }

    private GenericExecuteSpec statement(String username, Buckets buckets, Instant now) {
        // What cannot be a username may be what PostgreSQL cannot compare.
        String account = NewAccount.isUsername(username) ? username : null;
        GenericExecuteSpec statement = tries
            .bindTaking(database.sql(BEGIN), buckets.pair(false), now)
            .bind("owners", buckets.owners.key())
            .bind("strangers", buckets.strangers.key());
        return Rows.bind(statement, "username", account, String.class);
    }

    private static Attempt attemptOf(Readable row, Buckets buckets) {
        Optional<Instant> lastSeen = Optional.ofNullable(row.get("last_seen_at", Instant.class));
        Optional<Account> account = row.get("u_id") == null
            ? Optional.empty()
            : Optional.of(Credentials.accountOf(row));
        return new Attempt(account, buckets.pair(lastSeen.isPresent()), lastSeen);
    }

    private record Outcome(long taken, Attempt attempt) {}

    /**
     * @param address of the address, whatever the account
     * @param owners of the account at an address that its owner is known to use
     * @param strangers of the account anywhere else; as large as the owners'
     */
    record Buckets(Bucket address, Bucket owners, Bucket strangers) {
        private Pair pair(boolean ofOwner) {
            return new Pair(address, ofOwner ? owners : strangers);
        }
    }
}
