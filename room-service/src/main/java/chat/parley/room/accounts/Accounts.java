package chat.parley.room.accounts;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.keys.AccessTokens;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signing up, in and out. */
@Component
class Accounts {

    private final Credentials credentials;
    private final PasswordCheck check;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final RefreshTokens refreshTokens;
    private final AccessTokens accessTokens;
    private final Clock clock;

    Accounts(
        Credentials credentials,
        PasswordCheck check,
        Passwords passwords,
        SignInThrottle throttle,
        RefreshTokens refreshTokens,
        AccessTokens accessTokens,
        Clock clock
    ) {
        this.credentials = credentials;
        this.check = check;
        this.passwords = passwords;
        this.throttle = throttle;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    Mono<Session> register(NewAccount wanted, ClientAddress address) {
        if (wanted.isReserved()) {
            return Mono.error(AccountFailure.UsernameTaken::new);
        }
        return passwords
            .hash(wanted.password())
            .flatMap(hash -> add(wanted, hash))
            .flatMap(this::begin)
            .delayUntil(_ -> throttle.remember(wanted.username(), address));
    }

    private Mono<Account> add(NewAccount wanted, String hash) {
        return credentials.add(
            wanted.username(),
            wanted.name(),
            hash,
            clock.instant().truncatedTo(ChronoUnit.MILLIS)
        );
    }

    /**
     * @throws AccountFailure.InvalidCredentials (in the Mono) after the same work, whether or not there is such a user
     */
    Mono<Session> login(String given, String password, ClientAddress address) {
        String username = given.toLowerCase(Locale.ROOT);
        Mono<Account> right = Mono.defer(() -> account(username)).flatMap(account ->
            check.require(account, password)
        );
        return throttle.signIn(username, address, right).flatMap(this::begin);
    }

    private Mono<Optional<Account>> account(String username) {
        return NewAccount.isUsername(username)
            ? credentials.find(username).map(Optional::of).defaultIfEmpty(Optional.empty())
            : Mono.just(Optional.empty());
    }

    private Mono<Session> begin(Account account) {
        return refreshTokens
            .begin(account.user().id(), account.passwordVersion())
            .flatMap(begun -> session(account.user(), begun.session(), begun.token()));
    }

    Mono<Session> refresh(String token) {
        return refreshTokens
            .rotate(token)
            .flatMap(renewed -> session(renewed.user(), renewed.session(), renewed.token()));
    }

    private Mono<Session> session(UserSnapshot user, UUID session, String refreshToken) {
        return accessTokens.issue(user.id(), session).map(access -> Session.of(user, access, refreshToken));
    }

    Mono<Void> logout(String token) {
        return refreshTokens.end(token);
    }
}
