package chat.parley.room.accounts;

import chat.parley.service.problem.Unavailable;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Password hashes. Each takes some 30 ms of a core and 19 MB, so they have threads of their own, and few. */
@Component
class Passwords implements DisposableBean {

    private static final String NOBODYS = "nobody's password";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** After which a thread ends that nobody needs, and its memory with it. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final PasswordHashing hashing;
    private final Scheduler threads;
    private final Mono<String> decoy;

    Passwords(AuthProperties properties) {
        this.hashing = new PasswordHashing(properties.hashing());
        this.threads = Schedulers.fromExecutorService(threads(properties.hashing()), "passwords");
        // Not plainly cache(), which would keep a refusal, too: strangers would then be refused for ever.
        this.decoy = hash(NOBODYS).cacheInvalidateIf(_ -> false);
    }

    /** One queue for all threads: whoever came first is next. */
    private static ThreadPoolExecutor threads(AuthProperties.Hashing properties) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
            properties.atOnce(),
            properties.atOnce(),
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(properties.waiting()),
            Thread.ofPlatform().name("passwords-", 1).daemon().factory()
        );
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * @throws Unavailable (in the Mono) if too many wait already
     */
    Mono<String> hash(String password) {
        return onOwnThreads(() -> hashing.hash(normalized(password)));
    }

    /**
     * Whether the password is the one of the hash; without a hash it is not, which takes as long to find out.
     *
     * @throws Unavailable (in the Mono) if too many wait already
     */
    Mono<Boolean> matches(String password, @Nullable String hash) {
        if (hash == null || !canBeOne(password)) {
            return decoy
                .flatMap(unknown -> onOwnThreads(() -> hashing.matches(NOBODYS, unknown)))
                .map(_ -> false);
        }
        return onOwnThreads(() -> hashing.matches(normalized(password), hash));
    }

    /** Whether we make better hashes by now. */
    boolean isOutdated(String hash) {
        return hashing.isOutdated(hash);
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
