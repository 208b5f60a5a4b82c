package chat.parley.room.accounts;

import chat.parley.service.problem.Unavailable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Password hashes. Each takes some 50 ms of a core and 19 MB, so they have threads of their own, and few. */
@Component
class Passwords implements DisposableBean {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final String NOBODYS = "nobody's password";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Argon2PasswordEncoder argon2;
    private final Scheduler threads;
    private final Mono<String> decoy;

    Passwords(AuthProperties properties) {
        AuthProperties.Hashing hashing = properties.hashing();
        this.argon2 = new Argon2PasswordEncoder(
            SALT_BYTES,
            HASH_BYTES,
            LANES,
            hashing.memoryKib(),
            hashing.iterations()
        );
        // Each thread has a queue of its own.
        int waitingEach = Math.ceilDiv(hashing.waiting(), hashing.atOnce());
        this.threads = Schedulers.newBoundedElastic(hashing.atOnce(), waitingEach, "passwords");
        // Not plainly cache(), which would keep a refusal, too: strangers would then be refused for ever.
        this.decoy = hash(NOBODYS).cacheInvalidateIf(_ -> false);
    }

    /**
     * @throws Unavailable (in the Mono) if too many wait already
     */
    Mono<String> hash(String password) {
        return onOwnThreads(() -> argon2.encode(normalized(password)));
    }

    /**
     * Whether the password is the one of the hash; without a hash it is not, which takes as long to find out.
     *
     * @throws Unavailable (in the Mono) if too many wait already
     */
    Mono<Boolean> matches(String password, @Nullable String hash) {
        if (hash == null || !canBeOne(password)) {
            return decoy
                .flatMap(unknown -> onOwnThreads(() -> argon2.matches(NOBODYS, unknown)))
                .map(_ -> false);
        }
        return onOwnThreads(() -> argon2.matches(normalized(password), hash));
    }

    /** Whether we make better hashes by now. */
    boolean isOutdated(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    private <T> Mono<T> onOwnThreads(Callable<T> work) {
        return Mono.fromCallable(work)
            .subscribeOn(threads)
            .onErrorMap(RejectedExecutionException.class, _ ->
                new Unavailable("Too many people are signing in right now.", RETRY_AFTER)
            );
    }

    /**
     * Longer than any password, and nobody's; normalizing and hashing it would only take the longer. Half a surrogate
     * pair has no UTF-8, so nobody has a password with one, and it cannot be hashed.
     */
    private static boolean canBeOne(String password) {
        return (
            password.codePointCount(0, password.length()) <= NewPassword.MAX_LENGTH &&
            StandardCharsets.UTF_8.newEncoder().canEncode(password)
        );
    }

    /** One password typed on two keyboards may come in two compositions (NIST SP 800-63B, section 5.1.1.2). */
    private static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    @Override
    public void destroy() {
        threads.dispose();
    }
}
