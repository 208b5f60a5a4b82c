package chat.parley.room.accounts;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.keys.AccessTokens;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signing up, in and out. */
@Component
class Accounts {

    private final Credentials credentials;
    private final Passwords passwords;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Clock clock;

    Accounts(
        Credentials credentials,
        Passwords passwords,
        RefreshTokens refreshTokens,
        AccessTokens accessTokens,
        Clock clock
    ) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    Mono<Session> register(NewAccount wanted) {
        if (wanted.isReserved()) {
            return Mono.error(AccountFailure.UsernameTaken::new);
        }
        return passwords
            .hash(wanted.password())
            .flatMap(hash ->
                credentials.add(
                    wanted.username(),
                    wanted.name(),
                    hash,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS)
                )
            )
            .flatMap(this::begin);
    }

    /**
     * @throws AccountFailure.InvalidCredentials (in the Mono) after the same work, whether or not there is such a user
     */
    Mono<Session> login(String username, String password) {
        return account(username.toLowerCase(Locale.ROOT))
            .flatMap(account -> verify(account, password))
            .flatMap(this::begin);
    }

    private Mono<Optional<Account>> account(String username) {
        return NewAccount.isUsername(username)
            ? credentials.find(username).map(Optional::of).defaultIfEmpty(Optional.empty())
            : Mono.just(Optional.empty());
    }

    private Mono<UserSnapshot> verify(Optional<Account> account, String password) {
        return passwords
            .matches(password, account.map(Account::passwordHash).orElse(null))
            .flatMap(right -> right ? Mono.justOrEmpty(account.map(Account::user)) : Mono.empty())
            .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new));
    }

    private Mono<Session> begin(UserSnapshot user) {
        return refreshTokens.begin(user.id()).flatMap(refresh -> session(user, refresh));
    }

    Mono<Session> refresh(String token) {
        return refreshTokens.rotate(token).flatMap(renewed -> session(renewed.user(), renewed.token()));
    }

    private Mono<Session> session(UserSnapshot user, String refreshToken) {
        return accessTokens.issue(user.id()).map(access -> Session.of(user, access, refreshToken));
    }

    Mono<Void> logout(String token) {
        return refreshTokens.end(token);
    }
}
