package chat.parley.system;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.system.Api.Answer;
import chat.parley.system.Nonsense.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests that make no sense, to every endpoint there is: none of them gets more out of the suite than
 * a problem of the contract, breaks anything, or keeps others waiting. Run with {@code -Dparley.fuzz.seed} to see the
 * same ones again.
 */
@WithParley
class FuzzIT {

    private static final int WORKERS = 6;
    private static final int REQUESTS = 500;
    private static final int ONE_PLACE = 40;
    private static final Duration BETWEEN_DROPS = Duration.ofMillis(25);
    private static final int DROPS = 80;
    private static final List<String> INTERNALS = List.of(
        "exception",
        "chat.parley",
        "org.spring",
        "java.",
        "at reactor",
        "stacktrace",
        "select ",
        "insert into",
        "psql",
        "postgres",
        "mongo",
        "lettuce",
        "r2dbc",
        "netty"
    );

    private final Parley parley;
    private final Api api;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final long seed = Long.getLong("parley.fuzz.seed", new Random().nextLong());
    private ServiceLogs logs;

    FuzzIT(Parley parley) {
        this.parley = parley;
        this.api = new Api(parley.url());
    }

    @BeforeEach
    void lookAround() {
        logs = ServiceLogs.of(parley);
    }

    @AfterEach
    void allIsWell() {
        assertThat(logs.errors()).isEmpty();
        Person anna = Person.signUp(parley, "Anna");
        Room room = anna.creates("garden");
        anna.posts("still here", room);
        assertThat(anna.history(room)).hasSize(1);
    }

    @Test
    void nonsenseIsRefusedAndTellsNothing() throws InterruptedException {
        System.out.println("parley.fuzz.seed=" + seed);
        List<Thread> workers = IntStream.range(0, WORKERS)
            .mapToObj(number -> Thread.ofVirtual().start(() -> work(number)))
            .toList();
        for (Thread worker : workers) {
            worker.join();
        }

        assertThat(faults).as("with -Dparley.fuzz.seed=%s, answers %s", seed, statuses).isEmpty();
        assertThat(statuses.values().stream().mapToInt(AtomicInteger::get).sum()).isGreaterThan(
            (WORKERS * REQUESTS * 9) / 10
        );
        // Or it was so nonsensical that nothing but the door was tried.
        assertThat(statuses).containsKeys(200, 400, 401, 404, 405, 413, 415, 422);
    }

    private void work(int number) {
        Person person = Person.signUp(parley, "Fuzz");
        Room room = person.creates("garden");
        List<String> ids = List.of(
            person.id(),
            room.id(),
            person.creates("public", "market").id(),
            person.posts("hi", room).path("id").asString()
        );
        Nonsense nonsense = new Nonsense(seed + number, api.description(), person, ids);
        RawConnection connection = null;
        Address address = Address.next();
        try {
            for (int sent = 0; sent < REQUESTS; sent++) {
                if (sent % ONE_PLACE == 0) {
                    address = Address.next();
                }
                if (connection == null || connection.isSpent()) {
                    close(connection);
                    connection = RawConnection.to(parley.url());
                }
                Request request = nonsense.request(parley.url().getAuthority(), address);
                connection = exchange(connection, request) ? connection : null;
            }
        } catch (IOException | RuntimeException | AssertionError broken) {
            faults.add("worker " + number + ": " + broken);
        } finally {
            close(connection);
        }
    }

    /** @return whether the connection is good for more */
    private boolean exchange(RawConnection connection, Request request) {
        try {
            connection.write(request.bytes());
            check(request, connection.answer(request.method()));
            return true;
        } catch (SocketException cut) {
            // Closed on a body that was too large to be read to its end: the answer may be lost with it.
            close(connection);
            return false;
        } catch (IOException broken) {
            faults.add(broken + " after " + request);
            close(connection);
            return false;
        }
    }

    private void check(Request request, Answer answer) {
        statuses.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
        String what = "%s\n=> %d %s %s".formatted(
            request,
            answer.status(),
            answer.headers().map(),
            answer.text()
        );
        if (answer.status() >= 500) {
            faults.add("failed: " + what);
        }
        String text = answer.text().toLowerCase(Locale.ROOT);
        INTERNALS.stream()
            .filter(text::contains)
            .forEach(internal -> faults.add("tells " + internal + ": " + what));
        if (answer.status() >= 400 && !request.method().equals("HEAD")) {
            try {
                api.description().requireProblem(what, answer);
            } catch (AssertionError noProblem) {
                faults.add(noProblem.getMessage());
            }
        }
        if (answer.header("X-Request-Id").isEmpty()) {
            faults.add("no X-Request-Id: " + what);
        }
    }

    @Test
    void slowBodiesHoldUpNobody() throws InterruptedException {
        Person anna = Person.signUp(parley, "Anna");
        Room room = anna.creates("garden");
        List<String> targets = List.of(
            "POST /api/auth/login",
            "POST /api/chat/rooms",
            "POST " + room.path() + "/messages",
            "PUT /api/chat/presence",
            "POST /broadcasting/auth",
            "PUT /api/users/me"
        );
        Map<String, Integer> answers = new TreeMap<>();
        List<Thread> drips = new ArrayList<>();
        for (String target : targets) {
            drips.add(Thread.ofVirtual().start(() -> drip(target, anna.token(), answers)));
        }

        for (int call = 0; call < 20; call++) {
            anna.get("/api/users/me").require(200);
        }

        for (Thread drip : drips) {
            drip.join();
        }
        assertThat(faults).isEmpty();
        assertThat(answers).hasSameSizeAs(targets);
        assertThat(answers.values()).allMatch(status -> status < 500);
    }

    private void drip(String target, String token, Map<String, Integer> answers) {
        try (RawConnection connection = RawConnection.to(parley.url())) {
            String head =
                target +
                " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " +
                Address.next() +
                "\r\nAuthorization: Bearer " +
                token +
                "\r\nContent-Type: application/json\r\nContent-Length: " +
                DROPS +
                "\r\n\r\n";
            connection.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int drop = 0; drop < DROPS; drop++) {
                connection.write(new byte[] { (byte) (drop == 0 ? '{' : ' ') });
                Thread.sleep(BETWEEN_DROPS);
            }
            Answer answer = connection.answer("POST");
            synchronized (answers) {
                answers.put(target, answer.status());
            }
        } catch (IOException broken) {
            faults.add(target + ": " + broken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(RawConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
