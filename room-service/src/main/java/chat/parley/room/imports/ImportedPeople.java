package chat.parley.room.imports;

import chat.parley.contracts.UserId;
import chat.parley.room.Rows;
import chat.parley.room.SearchTerms;
import chat.parley.room.Transactions;
import chat.parley.service.problem.ValidationFailed;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Users for the people of another chat. They have no password: nobody signs in as one of them until an operator gives
 * them one. Whoever was made by an earlier run is found again.
 */
@Component
class ImportedPeople {

    private final DatabaseClient database;
    private final Transactions transactions;
    private final ImportTurn turn;
    private final Clock clock;

    ImportedPeople(DatabaseClient database, Transactions transactions, ImportTurn turn, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.turn = turn;
        this.clock = clock;
    }

    /**
     * Who these are here, in their order; who is nobody yet is made.
     *
     * @throws ValidationFailed (in the Mono) if one is said to be a user who does not exist
     */
    Mono<List<ImportedPerson>> settle(String source, List<ForeignPerson> people) {
        return transactions.run(
            turn
                .take()
                .then(Mono.defer(() -> known(source, people)))
                .flatMap(known -> make(source, missing(people, known)))
                .then(Mono.defer(() -> known(source, people)))
                .map(known -> inOrder(people, known))
        );
    }

    private static List<ForeignPerson> missing(
        List<ForeignPerson> people,
        Map<String, ImportedPerson> known
    ) {
        Map<String, ForeignPerson> missing = new LinkedHashMap<>();
        people
            .stream()
            .filter(person -> !known.containsKey(person.externalId()))
            .forEach(person -> missing.putIfAbsent(person.externalId(), person));
        return List.copyOf(missing.values());
    }

    private static List<ImportedPerson> inOrder(
        List<ForeignPerson> people,
        Map<String, ImportedPerson> known
    ) {
        return people
            .stream()
            .map(person -> known.get(person.externalId()))
            .toList();
    }

    private Mono<Map<String, ImportedPerson>> known(String source, List<ForeignPerson> people) {
        return database
            .sql(
                """
                SELECT p.external_id, u.id, u.username
                FROM imported_people p JOIN users u ON u.id = p.user_id
                WHERE p.source = :source AND p.external_id = ANY(:people)
                """
            )
            .bind("source", source)
            .bind("people", people.stream().map(ForeignPerson::externalId).toArray(String[]::new))
            .map(row ->
                new ImportedPerson(
                    Rows.required(row, "external_id", String.class),
                    new UserId(Rows.required(row, "id", UUID.class)),
                    Rows.required(row, "username", String.class)
                )
            )
            .all()
            .collectMap(ImportedPerson::externalId, Function.identity());
    }

    private Mono<Void> make(String source, List<ForeignPerson> people) {
        List<Newcomer> newcomers = people
            .stream()
            .filter(person -> person.user() == null)
            .map(person -> new Newcomer(UserId.random().value(), person))
            .toList();
        List<ForeignPerson> acquainted = people
            .stream()
            .filter(person -> person.user() != null)
            .toList();
        return users(acquainted)
            .flatMap(users -> note(source, ids(acquainted, users)))
            .then(Mono.defer(() -> name(source, newcomers, 0)))
            .then(Mono.defer(() -> note(source, ids(newcomers))));
    }

    private static Map<String, UUID> ids(List<ForeignPerson> acquainted, Map<String, UUID> users) {
        Map<String, UUID> ids = new LinkedHashMap<>();
        for (ForeignPerson person : acquainted) {
            UUID user = users.get(person.user());
            if (user == null) {
                throw ValidationFailed.of("user", "unknown_user", person.user() + " is no user");
            }
            ids.put(person.externalId(), user);
        }
        return ids;
    }

    private static Map<String, UUID> ids(List<Newcomer> newcomers) {
        Map<String, UUID> ids = new HashMap<>();
        newcomers.forEach(newcomer -> ids.put(newcomer.person.externalId(), newcomer.id));
        return ids;
    }

    private Mono<Map<String, UUID>> users(List<ForeignPerson> acquainted) {
        return acquainted.isEmpty()
            ? Mono.just(Map.of())
            : database
                  .sql("SELECT username, id FROM users WHERE username = ANY(:usernames)")
                  .bind("usernames", acquainted.stream().map(ForeignPerson::user).toArray(String[]::new))
                  .map(row ->
                      Map.entry(
                          Rows.required(row, "username", String.class),
                          Rows.required(row, "id", UUID.class)
                      )
                  )
                  .all()
                  .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** A round for each candidate: who finds theirs taken goes on to the next one. */
    private Mono<Void> name(String source, List<Newcomer> nameless, int round) {
        if (nameless.isEmpty()) {
            return Mono.empty();
        }
        if (round == ForeignPerson.CANDIDATES) {
            return Mono.error(() -> new IllegalStateException("no username is free for " + nameless));
        }
        return insert(source, nameless, round)
            .collectList()
            .flatMap(named -> name(source, without(nameless, named), round + 1));
    }

    private static List<Newcomer> without(List<Newcomer> all, List<UUID> named) {
        List<Newcomer> rest = new ArrayList<>(all);
        rest.removeIf(newcomer -> named.contains(newcomer.id));
        return rest;
    }

    private Flux<UUID> insert(String source, List<Newcomer> newcomers, int round) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String[] usernames = column(newcomers, newcomer -> newcomer.person.candidate(source, round));
        String[] names = column(newcomers, newcomer -> newcomer.person.displayName());
        return database
            .sql(
                """
                INSERT INTO users (id, username, name, search, created_at, updated_at)
                SELECT id, username, name, array_to_tsvector(string_to_array(search, ' ')), :now, :now
                FROM unnest(:ids, :usernames, :names, :searches) WITH ORDINALITY
                    AS given (id, username, name, search, place)
                ORDER BY place
                ON CONFLICT (username) DO NOTHING
                RETURNING id
                """
            )
            .bind("ids", newcomers.stream().map(Newcomer::id).toArray(UUID[]::new))
            .bind("usernames", usernames)
            .bind("names", names)
            .bind(
                "searches",
                column(newcomers, newcomer ->
                    String.join(
                        " ",
                        SearchTerms.of(
                            newcomer.person.candidate(source, round),
                            newcomer.person.displayName()
                        )
                    )
                )
            )
            .bind("now", now)
            .map(row -> Rows.required(row, "id", UUID.class))
            .all();
    }

    private static String[] column(List<Newcomer> newcomers, Function<Newcomer, String> value) {
        return newcomers.stream().map(value).toArray(String[]::new);
    }

    private Mono<Void> note(String source, Map<String, UUID> ids) {
        if (ids.isEmpty()) {
            return Mono.empty();
        }
        List<Map.Entry<String, UUID>> entries = List.copyOf(ids.entrySet());
        return database
            .sql(
                """
                INSERT INTO imported_people (source, external_id, user_id)
                SELECT :source, external_id, user_id FROM unnest(:people, :users) AS given (external_id, user_id)
                """
            )
            .bind("source", source)
            .bind("people", entries.stream().map(Map.Entry::getKey).toArray(String[]::new))
            .bind("users", entries.stream().map(Map.Entry::getValue).toArray(UUID[]::new))
            .then();
    }

    private record Newcomer(UUID id, ForeignPerson person) {}

    /** Who somebody of another chat is here. */
    record ImportedPerson(String externalId, UserId userId, String username) {}
}
