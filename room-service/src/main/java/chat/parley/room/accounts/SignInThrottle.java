package chat.parley.room.accounts;

import chat.parley.room.accounts.Attempts.Buckets;
import chat.parley.room.accounts.Tries.Bucket;
import chat.parley.room.accounts.Tries.Pair;
import chat.parley.room.accounts.keys.Blinding;
import chat.parley.service.problem.RateLimited;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Slows the guessing of passwords, by address and by account. A try is taken before the password is looked at and
 * given back if it was right, so that guesses at the same time are no way round. Strangers cannot keep somebody out:
 * an account has a bucket of its own for each address that its owner has signed in from, and one for whoever holds a
 * token of its own. Usernames that nobody has are treated alike.
 */
@Component
class SignInThrottle {

    private static final Logger log = LoggerFactory.getLogger(SignInThrottle.class);
    private static final Duration BESIDES_WITHIN = Duration.ofSeconds(5);

    private final Attempts attempts;
    private final Tries tries;
    private final KnownAddresses known;
    private final Blinding blinding;
    private final SignInProperties properties;
    private final MeterRegistry meters;

    SignInThrottle(
        Attempts attempts,
        Tries tries,
        KnownAddresses known,
        Blinding blinding,
        SignInProperties properties,
        MeterRegistry meters
    ) {
        this.attempts = attempts;
        this.tries = tries;
        this.known = known;
        this.blinding = blinding;
        this.properties = properties;
        this.meters = meters;
    }

    /**
     * A sign-in, which counts if it ends with {@link AccountFailure.InvalidCredentials}.
     *
     * @param signIn gives the tries of the attempt back as it ends well
     * @throws RateLimited (in the Mono), without having looked at the password
     */
    <T> Mono<T> signIn(String username, ClientAddress address, Function<Attempt, Mono<T>> signIn) {
        Buckets buckets = buckets(username, address);
        return attempts
            .begin(username, address, buckets)
            .doOnError(NoTryLeft.class, refused -> countRefusal(refused, buckets.address()))
            .flatMap(attempt ->
                counted(signIn.apply(attempt), attempt.tries()).delayUntil(_ ->
                    renew(attempt, username, address)
                )
            );
    }

    private Mono<Void> renew(Attempt attempt, String username, ClientAddress address) {
        return attempt.lastSeen().filter(known::isRecent).isPresent()
            ? Mono.empty()
            : remember(username, address);
    }

    /** The same for somebody who is signed in and says the password once more. */
    <T> Mono<T> confirm(String username, ClientAddress address, Mono<T> check) {
        Pair pair = new Pair(ofAddress(address), bucket(properties.accountTries(), "signed in", username));
        return tries
            .take(pair)
            .doOnError(NoTryLeft.class, refused -> countRefusal(refused, pair.first()))
            .then(counted(check, pair))
            .delayUntil(_ -> giveBack(pair));
    }

    /** That somebody has proved at this address that the account is theirs. */
    Mono<Void> remember(String username, ClientAddress address) {
        return besides(known.remember(username, address));
    }

    /** A try is used up by a wrong password only: not by a right one, nor by one that could not be looked at. */
    private <T> Mono<T> counted(Mono<T> check, Pair taken) {
        return check
            .doOnError(AccountFailure.InvalidCredentials.class, _ -> count("wrong"))
            .doOnNext(_ -> count("right"))
            .onErrorResume(
                error -> !(error instanceof AccountFailure.InvalidCredentials),
                error -> giveBack(taken).then(Mono.error(error))
            );
    }

    private Mono<Void> giveBack(Pair taken) {
        return besides(tries.giveBack(taken));
    }

    private void countRefusal(NoTryLeft refused, Bucket address) {
        count(refused.bucket() == address ? "refused by address" : "refused by account");
    }

    private void count(String outcome) {
        meters.counter("parley.passwords.tried", "outcome", outcome).increment();
    }

    private Buckets buckets(String username, ClientAddress address) {
        int size = properties.accountTries();
        return new Buckets(
            ofAddress(address),
            bucket(size, "account at address", username, address.place()),
            bucket(size, "account", username)
        );
    }

    private Bucket ofAddress(ClientAddress address) {
        return bucket(properties.addressTries(), "address", address.place());
    }

    private Bucket bucket(int size, String... whose) {
        return new Bucket(blinding.of(whose), size);
    }

    /** What comes after a right password must not make a failure of it. */
    private static Mono<Void> besides(Mono<Void> work) {
        return work
            .timeout(BESIDES_WITHIN)
            .onErrorResume(error -> {
                log.warn("a sign-in was counted wrongly: {}", error.toString());
                return Mono.empty();
            });
    }
}
