package chat.parley.room.identities;

import chat.parley.contracts.UserId;
import chat.parley.room.Fields;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Transactions;
import chat.parley.service.problem.Forbidden;
import chat.parley.service.security.Identities;
import chat.parley.service.security.Identity;
import chat.parley.service.security.SecurityProperties;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The users who sign in at the outside issuer. One is made when somebody is first seen; what the issuer tells of them
 * then is only where their name begins, and theirs to change afterwards.
 */
@Component
class OutsideUsers implements Identities {

    private static final int LONGEST_NAME = 80;

    private final DatabaseClient database;
    private final Transactions transactions;
    private final String issuer;
    private final Clock clock;

    OutsideUsers(
        DatabaseClient database,
        Transactions transactions,
        SecurityProperties security,
        Clock clock
    ) {
        this.database = database;
        this.transactions = transactions;
        this.issuer = security.outside().issuerUri();
        this.clock = clock;
    }

    /**
     * @throws Forbidden (in the Mono) if it is of an issuer that this installation does not know
     */
    @Override
    public Mono<UserId> idOf(Identity identity) {
        if (issuer.isEmpty() || !issuer.equals(identity.issuer())) {
            return Mono.error(() -> new Forbidden("People of this issuer are no users here."));
        }
        // Whoever loses the race to be the first finds what the winner has made.
        return find(identity)
            .switchIfEmpty(Mono.defer(() -> transactions.run(add(identity))))
            .switchIfEmpty(Mono.defer(() -> find(identity)));
    }

    private Mono<UserId> find(Identity identity) {
        return database
            .sql("SELECT user_id FROM identities WHERE issuer = :issuer AND subject = :subject")
            .bind("issuer", identity.issuer())
            .bind("subject", identity.subject())
            .map(row -> new UserId(Rows.required(row, "user_id", UUID.class)))
            .one();
    }

    /** Empty if somebody else was first: their insert is waited for by the primary key. */
    private Mono<UserId> add(Identity identity) {
        UserId id = UserId.random();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return claim(identity, id, now)
            .filter(claimed -> claimed)
            .flatMap(_ -> addUser(identity, id, now));
    }

    private Mono<Boolean> claim(Identity identity, UserId id, Instant now) {
        return database
            .sql(
                """
                INSERT INTO identities (issuer, subject, user_id, created_at)
                VALUES (:issuer, :subject, :user, :now)
                ON CONFLICT (issuer, subject) DO NOTHING
                """
            )
            .bind("issuer", identity.issuer())
            .bind("subject", identity.subject())
            .bind("user", id.value())
            .bind("now", now)
            .fetch()
            .rowsUpdated()
            .map(rows -> rows == 1);
    }

    private Mono<UserId> addUser(Identity identity, UserId id, Instant now) {
        return Flux.fromStream(() -> ChosenUsername.candidates(identity))
            .concatMap(username -> insert(id, username, nameOf(identity, username), now), 1)
            .next()
            .thenReturn(id)
            .switchIfEmpty(
                Mono.error(() -> new IllegalStateException("no username is free for " + identity))
            );
    }

    private Mono<Boolean> insert(UserId id, String username, String name, Instant now) {
        return database
            .sql(
                """
                INSERT INTO users (id, username, name, search, created_at, updated_at)
                VALUES (:id, :username, :name, array_to_tsvector(:search), :now, :now)
                ON CONFLICT (username) DO NOTHING
                """
            )
            .bind("id", id.value())
            .bind("username", username)
            .bind("name", name)
            .bind("search", SearchTerms.of(username, name))
            .bind("now", now)
            .fetch()
            .rowsUpdated()
            .filter(rows -> rows == 1)
            .hasElement()
            .filter(added -> added);
    }

    /** As somebody might have typed it here; what nobody might is left out. */
    private static String nameOf(Identity identity, String username) {
        String name = Fields.salvaged(identity.name(), LONGEST_NAME);
        return name == null ? username : name;
    }
}
