package chat.parley.realtime.keys;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.json.WireJson;
import chat.parley.sealing.KeyProof;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyring;
import chat.parley.sealing.Keyset;
import chat.parley.service.sealing.StoredKeys;
import chat.parley.service.security.Secret;
import chat.parley.service.security.ServiceTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A node asks a message-service, over real HTTP, whether it has the keys of what is stored. */
class KeysHealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Keyset stored = Keyset.fresh(KeyPurpose.MESSAGES);
    private final Keyset search = Keyset.fresh(KeyPurpose.SEARCH);
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Keyset mine = stored;
    private DisposableServer messages;

    @BeforeEach
    void messageServiceAnswers() {
        StoredKeys answer = new StoredKeys(
            List.of(
                StoredKeys.Proof.of(KeyProof.of(KeyPurpose.MESSAGES, stored)),
                StoredKeys.Proof.of(KeyProof.of(KeyPurpose.SEARCH, search))
            ),
            null,
            0
        );
        messages = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes ->
                routes.get(StoredKeys.PATH, (request, response) -> {
                    questions.incrementAndGet();
                    return request.requestHeaders().get("Authorization", "").startsWith("Bearer ey")
                        ? response
                              .header("Content-Type", "application/json")
                              .sendString(Mono.just(WireJson.mapper().writeValueAsString(answer)))
                        : response.status(401).send();
                })
            )
            .bindNow();
    }

    @AfterEach
    void messageServiceEnds() {
        messages.disposeNow();
    }

    @Test
    void isReadyWithTheKeysOfWhatIsStoredAndAsksNoMore() {
        KeysHealth health = health(new Keyring(() -> mine));

        assertThat(status(health)).isEqualTo(Status.UP);
        assertThat(status(health)).isEqualTo(Status.UP);
        assertThat(questions).hasValue(1);
    }

    @Test
    void isNotReadyWithOtherKeysUntilItHasTheRightOnes() {
        mine = Keyset.fresh(KeyPurpose.MESSAGES);
        Keyring keyring = new Keyring(() -> mine);
        KeysHealth health = health(keyring);

        assertThat(status(health)).isEqualTo(Status.OUT_OF_SERVICE);
        mine = stored.withNewKey(KeyPurpose.MESSAGES);
        assertThat(keyring.reread()).isTrue();

        assertThat(status(health)).isEqualTo(Status.UP);
    }

    @Test
    void noticesThatItsKeysHaveBeenTakenAway() {
        Keyring keyring = new Keyring(() -> mine);
        KeysHealth health = health(keyring);
        assertThat(status(health)).isEqualTo(Status.UP);

        mine = Keyset.fresh(KeyPurpose.MESSAGES);
        keyring.reread();

        assertThat(status(health)).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void doesNotStandStillWhileNobodyAnswers() {
        KeysHealth health = health(new Keyring(() -> mine));

        messages.disposeNow();

        assertThat(status(health)).isEqualTo(Status.UNKNOWN);
    }

    private static Status status(KeysHealth health) {
        return health.health().block(PATIENCE).getStatus();
    }

    private KeysHealth health(Keyring keyring) {
        return new KeysHealth(
            keyring,
            WebClient.builder().codecs(codecs ->
                codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(WireJson.mapper()))
            ),
            new MessagesProperties(URI.create("http://127.0.0.1:" + messages.port()), PATIENCE),
            new ServiceTokens("realtime-service", new Secret("a-secret-".repeat(4)), Clock.systemUTC())
        );
    }
}
