package chat.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.sealing.KeyId;
import chat.parley.sealing.KeyPurpose;
import chat.parley.sealing.Keyset;
import chat.parley.sealing.KeysetFile;
import chat.parley.testing.rooms.FakeRooms;
import chat.parley.testing.rooms.TestTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Instances that have the keys of what is stored, and such that have not. */
class KeysWebTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> WALKS_AT_ONCE = Map.of(
        "parley.resealing.every",
        "200ms",
        "parley.resealing.settled",
        "1s"
    );

    private final String database = "keys-" + UUID.randomUUID();
    private final FakeRooms rooms = FakeRooms.start();
    private final FakeMedia media = new FakeMedia();
    private final UserId anna = rooms.user("anna");
    private final RoomId room = rooms.room(RoomType.GROUP, anna);
    private final List<Service> services = new ArrayList<>();

    @TempDir
    private Path folder;

    private KeysetFile messages;
    private KeysetFile search;

    @BeforeEach
    void aMessageIsStored() throws IOException {
        messages = KeysetFile.readable(folder.resolve("messages.json"));
        search = KeysetFile.readable(folder.resolve("search.json"));
        messages.create(Keyset.fresh(KeyPurpose.MESSAGES));
        search.create(Keyset.fresh(KeyPurpose.SEARCH));
        Service first = start(Map.of());
        assertThat(isReady(first)).isTrue();
        post(first, "good morning").expectStatus().isCreated();
    }

    @AfterEach
    void end() {
        services.forEach(Service::stop);
        rooms.stop();
    }

    @Test
    void servesNothingUntilTheKeysOfWhatIsStoredAreBack() throws IOException {
        Keyset right = messages.read();
        messages.write(Keyset.fresh(KeyPurpose.MESSAGES));

        Service wrong = start(Map.of());

        assertThat(isReady(wrong)).isFalse();
        post(wrong, "under a key that will be gone").expectStatus().isEqualTo(503);
        get(wrong, "/messages").expectStatus().isEqualTo(503);
        messages.write(right);
        await()
            .atMost(PATIENCE)
            .until(() -> isReady(wrong));
        assertThat(contents(wrong)).containsExactly("good morning");
    }

    @Test
    void isNotTakenInByAWalkUnderOtherKeys() throws IOException {
        services.getFirst().stop();
        messages.write(Keyset.fresh(KeyPurpose.MESSAGES));
        Service wrong = start(WALKS_AT_ONCE);

        await()
            .atMost(PATIENCE)
            .until(() -> wrong.lastWalk().finished() != null);

        assertThat(isReady(wrong)).isFalse();
        assertThat(keys(wrong).hasNonNull("opens_all")).isFalse();
    }

    @Test
    void noticesKeysThatAreTakenAwayWhileItRuns() throws IOException {
        Service running = services.getFirst();

        messages.write(Keyset.fresh(KeyPurpose.MESSAGES));

        await()
            .atMost(PATIENCE)
            .until(() -> !isReady(running));
        post(running, "under a key that will be gone").expectStatus().isEqualTo(503);
    }

    @Test
    void servesNothingWithoutTheKeyByWhichWordsAreFound() throws IOException {
        search.write(Keyset.fresh(KeyPurpose.SEARCH));

        assertThat(isReady(start(Map.of()))).isFalse();
    }

    @Test
    void goesOnWithoutAKeyThatIsLostForGood() throws IOException {
        KeyId lost = messages.read().current();
        messages.write(Keyset.fresh(KeyPurpose.MESSAGES));

        Service bereft = start(Map.of("PARLEY_LOST_KEYS", lost.toString()));

        assertThat(isReady(bereft)).isTrue();
        post(bereft, "let us go on").expectStatus().isCreated();
        assertThat(contents(bereft)).containsExactly("\uFFFD", "let us go on");
    }

    @Test
    void needsAnOldKeyUntilEverythingIsSealedWithTheNewOne() throws IOException {
        Service running = start(WALKS_AT_ONCE);
        services.getFirst().stop();
        KeyId first = messages.read().current();
        Keyset both = messages.read().withNewKey(KeyPurpose.MESSAGES);
        KeyId second = both.keys().getLast();
        assertThat(needed(running)).containsExactly(first.toString());

        messages.write(both.withCurrent(second));

        await()
            .atMost(PATIENCE)
            .until(() -> needed(running).contains(second.toString()));
        await()
            .atMost(PATIENCE)
            .until(() -> needed(running).equals(List.of(second.toString())));
        assertThat(keys(running).path("opens_all").asString()).isEqualTo(second.toString());
        messages.write(messages.read().without(first));
        Service young = start(Map.of());
        assertThat(isReady(young)).isTrue();
        assertThat(contents(young)).containsExactly("good morning");
    }

    @Test
    void tellsServicesAloneWhichKeysAreNeeded() {
        to(services.getFirst())
            .get()
            .uri("/internal/keys")
            .headers(headers -> headers.setBearerAuth(TestTokens.of(anna)))
            .exchange()
            .expectStatus()
            .isUnauthorized();
    }

    private Service start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PARLEY_MESSAGE_KEYSET", "file:" + messages.path());
        all.put("PARLEY_SEARCH_KEYSET", "file:" + search.path());
        all.put("parley.sealing.reread-every", "200ms");
        Service service = Service.start(database, rooms, media, all);
        services.add(service);
        return service;
    }

    private static WebTestClient to(Service service) {
        return client(service.url());
    }

    private static WebTestClient client(String url) {
        return WebTestClient.bindToServer().baseUrl(url).responseTimeout(PATIENCE).build();
    }

    private static boolean isReady(Service service) {
        return client(service.managementUrl())
            .get()
            .uri("/actuator/health/readiness")
            .exchange()
            .returnResult(String.class)
            .getStatus()
            .is2xxSuccessful();
    }

    private WebTestClient.ResponseSpec post(Service service, String content) {
        return to(service)
            .post()
            .uri("/api/chat/rooms/{room}/messages", room)
            .headers(headers -> headers.setBearerAuth(TestTokens.of(anna)))
            .bodyValue(Map.of("content", content))
            .exchange();
    }

    private WebTestClient.ResponseSpec get(Service service, String path) {
        return to(service)
            .get()
            .uri("/api/chat/rooms/" + room + path)
            .headers(headers -> headers.setBearerAuth(TestTokens.of(anna)))
            .exchange();
    }

    private List<String> contents(Service service) {
        return MessageWebTest.json(get(service, "/messages").expectStatus().isOk())
            .path("data")
            .valueStream()
            .map(message -> message.path("content").asString())
            .toList();
    }

    private static JsonNode keys(Service service) {
        return MessageWebTest.json(
            to(service)
                .get()
                .uri("/internal/keys")
                .headers(headers -> headers.setBearerAuth(service.serviceToken()))
                .exchange()
                .expectStatus()
                .isOk()
        );
    }

    private static List<String> needed(Service service) {
        return keys(service)
            .path("needed")
            .valueStream()
            .filter(proof -> proof.path("purpose").asString().equals("messages"))
            .map(proof -> proof.path("key").asString())
            .toList();
    }
}
