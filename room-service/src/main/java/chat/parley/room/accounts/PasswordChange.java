package chat.parley.room.accounts;

import chat.parley.contracts.UserId;
import chat.parley.room.Transactions;
import chat.parley.room.accounts.Credentials.Account;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Another password, which ends all sessions but the one it is changed in. */
@Component
class PasswordChange {

    private final Credentials credentials;
    private final PasswordCheck check;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final RefreshTokens refreshTokens;
    private final Transactions transactions;

    PasswordChange(
        Credentials credentials,
        PasswordCheck check,
        Passwords passwords,
        SignInThrottle throttle,
        RefreshTokens refreshTokens,
        Transactions transactions
    ) {
        this.credentials = credentials;
        this.check = check;
        this.passwords = passwords;
        this.throttle = throttle;
        this.refreshTokens = refreshTokens;
        this.transactions = transactions;
    }

    /**
     * @throws AccountFailure.InvalidCredentials (in the Mono) if the current password is another
     */
    Mono<Void> change(Wanted wanted, ClientAddress address) {
        return credentials
            .find(wanted.user)
            .switchIfEmpty(Mono.error(AccountFailure.InvalidCredentials::new))
            .flatMap(account -> confirmed(account, wanted.current, address))
            .zipWhen(_ -> passwords.hash(wanted.next))
            .flatMap(both ->
                transactions.run(commit(both.getT1(), both.getT2(), wanted.session).thenReturn(true))
            )
            .then();
    }

    private Mono<Account> confirmed(Account account, String password, ClientAddress address) {
        Mono<Account> right = Mono.defer(() -> check.require(Optional.of(account), password));
        return throttle.confirm(account.user().username(), address, right);
    }

    // In this order: sign-ins by the old password either have begun their session by now, and lose it, or wait for
    // the account's row and find another password there.
    private Mono<Void> commit(Account account, String hash, @Nullable UUID session) {
        return credentials
            .changePassword(account, hash)
            .then(Mono.defer(() -> refreshTokens.endOthers(account.user().id(), session)));
    }

    /**
     * @param session the one that lives on; null if the token does not say
     */
    record Wanted(UserId user, @Nullable UUID session, String current, String next) {
        @Override
        public String toString() {
            return "Wanted[" + user + "]";
        }
    }
}
