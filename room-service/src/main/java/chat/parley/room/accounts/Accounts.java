package chat.parley.room.accounts;

import chat.parley.room.accounts.Credentials.Account;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Signing up and in. */
@Component
class Accounts {

    private final Credentials credentials;
    private final PasswordCheck check;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final Sessions sessions;
    private final Clock clock;

    Accounts(
        Credentials credentials,
        PasswordCheck check,
        Passwords passwords,
        SignInThrottle throttle,
        Sessions sessions,
        Clock clock
    ) {
        this.credentials = credentials;
        this.check = check;
        this.passwords = passwords;
        this.throttle = throttle;
        this.sessions = sessions;
        this.clock = clock;
    }

    Mono<Session> register(NewAccount wanted, ClientAddress address) {
        if (wanted.isReserved()) {
            return Mono.error(AccountFailure.UsernameTaken::new);
        }
        return passwords
            .hash(wanted.password())
            .flatMap(hash -> add(wanted, hash))
            .flatMap(sessions::begin)
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
        return throttle.signIn(username, address, attempt -> begin(attempt, password));
    }

    private Mono<Session> begin(Attempt attempt, String password) {
        return check
            .require(attempt.account(), password)
            .flatMap(account -> sessions.begin(account, attempt.tries()));
    }
}
