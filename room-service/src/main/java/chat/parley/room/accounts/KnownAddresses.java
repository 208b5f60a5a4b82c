package chat.parley.room.accounts;

import chat.parley.room.accounts.keys.Blinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where people have signed in before. Neither who nor where can be read from it. */
@Component
class KnownAddresses {

    /** How old the time may be at which somebody was last seen: not every sign-in writes it. */
    private static final Duration SEEN_WITHIN = Duration.ofHours(1);

    /** When somebody last got in there, for a larger statement; no row if never, or too long ago. */
    static final String LAST_SEEN =
        "SELECT last_seen_at FROM known_addresses" +
        " WHERE account = :known_account AND address = :known_address AND last_seen_at > :oldest";

    private final DatabaseClient database;
    private final Blinding blinding;
    private final SignInProperties properties;
    private final Clock clock;

    KnownAddresses(DatabaseClient database, Blinding blinding, SignInProperties properties, Clock clock) {
        this.database = database;
        this.blinding = blinding;
        this.properties = properties;
        this.clock = clock;
    }

    /** Completes {@link #LAST_SEEN}. */
    GenericExecuteSpec bindLastSeen(GenericExecuteSpec statement, String username, ClientAddress address) {
        return statement
            .bind("known_account", account(username))
            .bind("known_address", place(address))
            .bind("oldest", now().minus(properties.knownAddressAge()));
    }

    boolean isRecent(Instant seen) {
        return seen.isAfter(now().minus(SEEN_WITHIN));
    }

    /** Remembers it, and forgets those that are too many. */
    Mono<Void> remember(String username, ClientAddress address) {
        return seen(username, address).then(forgetSurplus(username));
    }

    private Mono<Void> seen(String username, ClientAddress address) {
        return database
            .sql(
                """
                INSERT INTO known_addresses AS k (account, address, last_seen_at) VALUES (:account, :address, :now)
                ON CONFLICT (account, address) DO UPDATE SET last_seen_at = greatest(k.last_seen_at, :now)
                """
            )
            .bind("account", account(username))
            .bind("address", place(address))
            .bind("now", now())
            .then();
    }

    private Mono<Void> forgetSurplus(String username) {
        return database
            .sql(
                """
                DELETE FROM known_addresses
                WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM known_addresses WHERE account = :account
                    ORDER BY last_seen_at DESC OFFSET :most FOR UPDATE SKIP LOCKED
                ))
                """
            )
            .bind("account", account(username))
            .bind("most", properties.knownAddresses())
            .then();
    }

    private byte[] account(String username) {
        return blinding.of("known account", username);
    }

    private byte[] place(ClientAddress address) {
        return blinding.of("known address", address.place());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
