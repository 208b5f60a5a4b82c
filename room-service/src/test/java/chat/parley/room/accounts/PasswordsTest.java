package chat.parley.room.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.room.accounts.AuthProperties.Hashing;
import chat.parley.room.accounts.AuthProperties.Sweeping;
import chat.parley.service.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class PasswordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // One thread, one waiting, and some tenths of a second for a hash.
    private final Passwords passwords = new Passwords(properties(new Hashing(8192, 30, 1, 1)));

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

    @Test
    void letsAsManyWaitAsItSaysOnHoweverManyThreads() {
        Passwords two = new Passwords(properties(new Hashing(8192, 30, 2, 4)));

        List<Boolean> refused = Flux.range(0, 12)
            .flatMap(
                _ ->
                    two
                        .hash("correct-horse")
                        .map(_ -> false)
                        .onErrorReturn(Unavailable.class, true),
                12
            )
            .collectList()
            .block(PATIENCE);

        two.destroy();
        assertThat(refused)
            .filteredOn(no -> no)
            .hasSizeBetween(12 - (2 + 4), 12 - 4);
    }

    @Test
    void hasNoTimeForWhatIsLongerThanAnyPassword() {
        Passwords quick = new Passwords(properties(new Hashing(64, 1, 1, 1)));
        String hash = quick.hash("x".repeat(129)).block(PATIENCE);

        assertThat(quick.matches("x".repeat(129), hash).block(PATIENCE)).isFalse();
        quick.destroy();
    }

    @Test
    void knowsAHashThatIsWeakerThanOnesOfToday() {
        Passwords weak = new Passwords(properties(new Hashing(64, 1, 1, 1)));
        Passwords strong = new Passwords(properties(new Hashing(64, 2, 1, 1)));

        String hash = weak.hash("correct-horse").block(PATIENCE);

        assertThat(strong.matches("correct-horse", hash).block(PATIENCE)).isTrue();
        assertThat(strong.isOutdated(hash)).isTrue();
        assertThat(weak.isOutdated(hash)).isFalse();
        weak.destroy();
        strong.destroy();
    }

    private static AuthProperties properties(Hashing hashing) {
        return new AuthProperties(
            Duration.ofDays(1),
            100,
            hashing,
            new Sweeping(Duration.ofMinutes(1), 10, 10)
        );
    }
}
