package chat.parley.room.accounts;

import chat.parley.contracts.room.UserSnapshot;
import chat.parley.room.accounts.Credentials.Account;
import chat.parley.room.accounts.RefreshTokens.Renewed;
import chat.parley.room.accounts.keys.AccessTokens;
import chat.parley.room.accounts.keys.AccessTokens.Signing;
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

    // Whoever signs comes first: a token that has been exchanged and cannot be answered is lost, and with it the session.
    private Mono<Session> begin(Account account) {
        UserSnapshot user = account.user();
        return accessTokens
            .signing()
            .flatMap(signing ->
                refreshTokens
                    .begin(user.id(), account.passwordVersion())
                    .map(begun -> Session.of(user, signing.issue(user.id(), begun.session()), begun.token()))
            );
    }

    Mono<Session> refresh(String token) {
        return accessTokens
            .signing()
            .flatMap(signing -> refreshTokens.rotate(token).map(renewed -> sessionOf(renewed, signing)));
    }

    private static Session sessionOf(Renewed renewed, Signing signing) {
        UserSnapshot user = renewed.user();
        return Session.of(user, signing.issue(user.id(), renewed.session()), renewed.token());
    }

    Mono<Void> logout(String token) {
        return refreshTokens.end(token);
    }
}
