package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.accounts.AuthProperties.Hashing;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class PasswordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // One thread, one waiting, and some tenths of a second for a hash.
    private final Passwords passwords = new Passwords(
        new AuthProperties(Duration.ofDays(1), new Hashing(8192, 100, 1, 1))
    );

    @AfterEach
    void end() {
        passwords.destroy();
    }

    @Test
    void looksForStrangersAgainOnceItHasHadToRefuseOne() {
        CompletableFuture<String> first = passwords.hash("correct-horse").toFuture();
        CompletableFuture<String> waiting = Awaitility.await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(
                () -> passwords.hash("battery-staple").toFuture(),
                hash -> !hash.isCompletedExceptionally()
            );

        StepVerifier.create(passwords.matches("anything", null))
            .expectError(Unavailable.class)
            .verify(PATIENCE);

        CompletableFuture.allOf(first, waiting).join();
        StepVerifier.create(passwords.matches("anything", null))
            .expectNext(false)
            .expectComplete()
            .verify(PATIENCE);
    }

    @Test
    void knowsAPasswordHoweverItsLettersAreComposed() {
        String hash = passwords.hash("Zo\u00eb-correct-horse").block(PATIENCE);

        assertThat(passwords.matches("Zoe\u0308-correct-horse", hash).block(PATIENCE)).isTrue();
        assertThat(passwords.matches("Zoe-correct-horse", hash).block(PATIENCE)).isFalse();
        assertThat(passwords.matches("\ud800", hash).block(PATIENCE)).isFalse();
    }
}
