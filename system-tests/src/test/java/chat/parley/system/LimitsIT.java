package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.system.Api.Answer;
import chat.parley.system.ApiDescription.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The limits of CONTRACT.md, section 2, as clients run into them, and who else does not. */
@WithParley
class LimitsIT {

    private static final String NOWHERE = "01990000-1111-7222-8333-444455556666";
    private static final int USER_BURST = 400;
    private static final int USER_RATE = 100;
    private static final int SEARCH_BURST = 50;
    private static final int UPLOAD_BURST = 30;
    private static final int REGISTRATION_BURST = 60;
    private static final int ACCOUNT_TRIES = 10;
    private static final int ADDRESS_TRIES = 50;
    private static final int AT_ONCE = 16;
    private static final int MOST_BURSTS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Parley parley;

    LimitsIT(Parley parley) {
        this.parley = parley;
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        Person anna = Person.signUp(parley, "Anna");
        Api api = new Api(parley.url());
        SoftAssertions all = new SoftAssertions();

        for (Operation operation : api.description().operations()) {
            if (!operation.isOpen()) {
                Answer answer = harmless(operation).by(anna).to(api);
                int limit = number(answer, "RateLimit-Limit");
                all
                    .assertThat(limit)
                    .as("%s", operation)
                    .isIn(USER_BURST, Parley.SENDING_BURST, SEARCH_BURST, UPLOAD_BURST);
                all
                    .assertThat(number(answer, "RateLimit-Remaining"))
                    .as("%s", operation)
                    .isBetween(limit - 100, limit - 1);
                all.assertThat(number(answer, "RateLimit-Reset")).as("%s", operation).isBetween(0, limit);
            }
        }

        all.assertAll();
    }

    @Test
    void whoAsksTooOftenWaitsAndNobodyElseDoes() {
        Person anna = Person.signUp(parley, "Anna");
        Person bert = Person.signUp(parley, "Bert");
        Api api = new Api(parley.url());
        Call call = Call.get("/api/users/me").by(anna);
        long start = System.nanoTime();

        List<Answer> answers = atOnce(3 * USER_BURST, () -> call.to(api));

        // A slow machine gives tokens back meanwhile, so the time it took is a part of the rule.
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;
        assertThat(withStatus(200, answers)).hasSizeBetween(
            USER_BURST,
            (int) (USER_BURST + USER_RATE * seconds)
        );
        assertThat(withStatus(429, answers)).hasSize(answers.size() - withStatus(200, answers).size());
        assertThat(withStatus(429, answers)).allSatisfy(LimitsIT::isRateLimited);
        bert.get("/api/users/me").require(200);
        await()
            .atMost(PATIENCE)
            .until(() -> call.to(api).status() == 200);
    }

    @Test
    void whoUploadsTooOftenMayStillDoTheRest() {
        Person anna = Person.signUp(parley, "Anna");
        Api api = new Api(parley.url());
        Call call = Call.of("POST", "/api/chat/upload").with("text/plain", "no file").by(anna);

        List<Answer> answers = atOnce(2 * UPLOAD_BURST, () -> call.to(api));

        assertThat(withStatus(415, answers)).hasSizeGreaterThanOrEqualTo(UPLOAD_BURST);
        assertThat(withStatus(429, answers)).isNotEmpty().allSatisfy(LimitsIT::isRateLimited);
        assertThat(Call.get("/api/users/me").by(anna).to(api).status()).isEqualTo(200);
        await()
            .atMost(PATIENCE)
            .until(() -> call.to(api).status() == 415);
    }

    @Test
    void whoSearchesTooMuchMayStillRead() {
        Person anna = Person.signUp(parley, "Anna");
        Api api = new Api(parley.url());
        Call call = Call.get("/api/chat/search?q=horse&limit=1").by(anna);

        List<Answer> answers = untilRefused(SEARCH_BURST, () -> call.to(api));

        assertThat(answers.size() - withStatus(429, answers).size()).isGreaterThanOrEqualTo(SEARCH_BURST);
        assertThat(withStatus(429, answers)).isNotEmpty().allSatisfy(limited(SEARCH_BURST));
        assertThat(Call.get("/api/users/me").by(anna).to(api).status()).isEqualTo(200);
    }

    @Test
    void whoSendsTooMuchMayStillRead() {
        assumeTrue(parley.isOurs(), "another suite has limits of its own");
        Person anna = Person.signUp(parley, "Anna");
        Api api = new Api(parley.url());
        Call call = Call.post("/api/chat/rooms/" + NOWHERE + "/messages", Map.of("content", "hi")).by(anna);

        List<Answer> answers = untilRefused(Parley.SENDING_BURST, () -> call.to(api));

        assertThat(withStatus(404, answers)).hasSizeGreaterThanOrEqualTo(Parley.SENDING_BURST);
        assertThat(withStatus(429, answers)).isNotEmpty().allSatisfy(limited(Parley.SENDING_BURST));
        assertThat(Call.get("/api/users/me").by(anna).to(api).status()).isEqualTo(200);
        await()
            .atMost(PATIENCE)
            .until(() -> call.to(api).status() == 404);
    }

    @Test
    void whoeverCallsWithoutAGoodTokenCallsForTheirAddress() {
        assumeTrue(parley.isOurs(), "another suite has limits of its own");
        Person anna = Person.signUp(parley, "Anna");
        Api api = new Api(parley.url());
        Call call = Call.get("/api/config");

        List<Answer> answers = untilRefused(Parley.ADDRESS_BURST, () -> call.to(api));

        assertThat(withStatus(200, answers)).hasSizeGreaterThanOrEqualTo(Parley.ADDRESS_BURST);
        assertThat(withStatus(429, answers)).isNotEmpty().allSatisfy(limited(Parley.ADDRESS_BURST));
        assertThat(Call.get("/api/users/me").by(anna).to(api).status())
            .as("with a token, from there")
            .isEqualTo(200);
        assertThat(call.to(new Api(parley.url())).status()).as("from elsewhere").isEqualTo(200);
        await()
            .atMost(PATIENCE)
            .until(() -> call.to(api).status() == 200);
    }

    /** That the token is bad is said first, but it counts. */
    @Test
    void whoTriesTokensTakesFromTheirAddress() {
        assumeTrue(parley.isOurs(), "another suite has limits of its own");
        Api api = new Api(parley.url());
        Call call = Call.get("/api/users/me").withToken("bad");

        List<Answer> answers = atOnce(2 * AT_ONCE, () -> call.to(api));

        assertThat(withStatus(401, answers)).hasSameSizeAs(answers);
        assertThat(answers).allSatisfy(answer ->
            assertThat(number(answer, "RateLimit-Limit")).isEqualTo(Parley.ADDRESS_BURST)
        );
        assertThat(number(call.to(api), "RateLimit-Remaining")).isLessThan(Parley.ADDRESS_BURST - 1);
    }

    /** Whatever gets through finds nothing to do. */
    private static Call harmless(Operation operation) {
        Call call = Call.of(operation.method(), operation.path().replaceAll("\\{[^}]+}", NOWHERE));
        return operation.takesABody() ? call.with(Map.of("typing", "no")) : call;
    }

    @Test
    void anAddressMakesOnlySoManyAccounts() {
        Api api = new Api(parley.url());
        Call call = Call.post("/api/auth/register", Map.of("username", "-"));

        List<Answer> answers = atOnce(REGISTRATION_BURST + 20, () -> call.to(api));

        assertThat(withStatus(422, answers)).hasSizeBetween(REGISTRATION_BURST, REGISTRATION_BURST + 15);
        assertThat(withStatus(429, answers)).isNotEmpty().allSatisfy(LimitsIT::isRateLimited);
        assertThat(call.to(new Api(parley.url())).status()).isEqualTo(422);
    }

    @Test
    void guessesAreFewAndTheOwnerStillGetsIn() {
        Person anna = Person.signUp(parley, "Anna");
        Api guesser = new Api(parley.url());
        Call wrong = login(anna.username(), "not-her-password");

        List<Answer> guesses = atOnce(ACCOUNT_TRIES + 5, () -> wrong.to(guesser));

        assertThat(withStatus(401, guesses)).hasSizeBetween(ACCOUNT_TRIES, ACCOUNT_TRIES + 1);
        assertThat(withStatus(429, guesses)).isNotEmpty().allSatisfy(LimitsIT::isRateLimited);
        // Not even the right password, and not from elsewhere either.
        assertThat(login(anna.username(), Person.PASSWORD).to(guesser).status()).isEqualTo(429);
        assertThat(wrong.to(new Api(parley.url())).status()).isEqualTo(429);
        assertThat(anna.signsIn().status()).isEqualTo(200);
    }

    @Test
    void guessesAreFewFromOneAddressHoweverManyTheAccounts() {
        Api guesser = new Api(parley.url());
        Person anna = Person.signUp(parley, "Anna");
        AtomicInteger account = new AtomicInteger();
        Supplier<Answer> guess = () ->
            login(anna.username() + account.incrementAndGet() / 5, "not-their-password").to(guesser);

        List<Answer> guesses = untilRefused(ADDRESS_TRIES, guess);

        assertThat(withStatus(401, guesses)).hasSizeGreaterThanOrEqualTo(ADDRESS_TRIES);
        assertThat(withStatus(429, guesses)).isNotEmpty().allSatisfy(limited(ADDRESS_TRIES));
        assertThat(login(anna.username(), Person.PASSWORD).to(guesser).status())
            .as("from there")
            .isEqualTo(429);
    }

    private static Call login(String username, String password) {
        return Call.post("/api/auth/login", Map.of("username", username, "password", password));
    }

    private static void isRateLimited(Answer answer) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().path("code").asString()).isEqualTo("rate_limited");
        assertThat(number(answer, "Retry-After")).isPositive();
        assertThat(number(answer, "RateLimit-Limit")).isPositive();
        assertThat(number(answer, "RateLimit-Remaining")).isZero();
        assertThat(number(answer, "RateLimit-Reset")).isPositive();
    }

    private static Consumer<Answer> limited(int burst) {
        return answer -> {
            isRateLimited(answer);
            assertThat(number(answer, "RateLimit-Limit")).isEqualTo(burst);
        };
    }

    /** Buckets fill again meanwhile, and on a slow machine for long: so this goes on until there is nothing left. */
    private static List<Answer> untilRefused(int burst, Supplier<Answer> call) {
        List<Answer> answers = new ArrayList<>();
        while (answers.size() < MOST_BURSTS * burst && withStatus(429, answers).isEmpty()) {
            answers.addAll(atOnce(burst / 2, call));
        }
        return answers;
    }

    private static int number(Answer answer, String header) {
        return Integer.parseInt(answer.header(header));
    }

    private static List<Answer> withStatus(int status, List<Answer> answers) {
        return answers
            .stream()
            .filter(answer -> answer.status() == status)
            .toList();
    }

    private static List<Answer> atOnce(int times, Supplier<Answer> call) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Answer>> running = Stream.generate(() -> threads.submit(call::get))
                .limit(times)
                .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during calls", e);
        }
    }
}
