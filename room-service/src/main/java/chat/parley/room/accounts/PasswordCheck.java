package chat.parley.room.accounts;

import chat.parley.room.accounts.Credentials.Account;
import chat.parley.service.problem.Unavailable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether a password is an account's; a right one is hashed anew when hashing has become stronger. */
@Component
class PasswordCheck {

    private static final Logger log = LoggerFactory.getLogger(PasswordCheck.class);

    private final Passwords passwords;
    private final Credentials credentials;

    PasswordCheck(Passwords passwords, Credentials credentials) {
        this.passwords = passwords;
        this.credentials = credentials;
    }

    /**
     * The account, if it is one and the password is its own.
     *
     * @throws AccountFailure.InvalidCredentials (in the Mono) after the same work, whether or not it is one
     */
    Mono<Account> require(Optional<Account> account, String password) {
        return passwords
            .matches(password, account.map(Account::passwordHash).orElse(null))
            .flatMap(right -> right ? Mono.justOrEmpty(account) : Mono.empty())
            .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new))
            .delayUntil(known -> strengthen(known, password));
    }

    private Mono<Void> strengthen(Account account, String password) {
        String hash = account.passwordHash();
        if (hash == null || !passwords.isOutdated(hash)) {
            return Mono.empty();
        }
        // If there is no time for it now, there is at the next sign-in.
        return passwords
            .hash(password)
            .flatMap(stronger -> credentials.replaceHash(account, stronger))
            .onErrorResume(Unavailable.class, busy -> {
                log.info("a password keeps its old hash for now: {}", busy.detail());
                return Mono.empty();
            });
    }
}
