package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.realtime.channels.app.App;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Pusher Channels protocol, as a plain app's clients speak it. */
class ProtocolJourneyIT extends RealtimeTest {

    private static final String UNKNOWN = "/app/no-such-key?protocol=7";

    @ParameterizedTest
    @CsvSource(
        {
            "/app/no-such-key?protocol=7, 4001",
            "/app/sandbox-key, 4008",
            "/app/sandbox-key?protocol=, 4008",
            "/app/sandbox-key?protocol=seven, 4006",
            "/app/sandbox-key?protocol=4, 4007",
            "/app/?protocol=7, 4005",
            "/app?protocol=7, 4005",
            "/app/sandbox-key/more?protocol=7, 4005",
        }
    )
    void tellsWhyItRefusesAConnection(String path, int code) {
        PusherClient client = keep(PusherClient.open(port, path));

        assertThat(client.hears("pusher:error").data().path("code").intValue()).isEqualTo(code);
        assertThat(client.closeCode()).isEqualTo(code);
    }

    @Test
    void anOrdinaryRequestForASocketIsToldToUpgrade() {
        assertThat(send(to(UNKNOWN).GET()).statusCode()).isEqualTo(426);
    }

    @Test
    void establishesAConnection() {
        PusherClient client = keep(
            PusherClient.open(port, "/app/sandbox-key?protocol=7&client=js&version=8.6.0")
        );

        var established = client.hears("pusher:connection_established");
        assertThat(established.data().path("socket_id").stringValue()).matches("\\d+\\.\\d+");
        assertThat(established.data().path("activity_timeout").intValue()).isEqualTo(120);
        assertThat(established.frame().path("data").isString()).isTrue();
    }

    @Test
    void answersPings() {
        PusherClient client = toSandbox();

        client.says("pusher:ping", null, Map.of());

        client.hears("pusher:pong");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "",
            "no json",
            "{",
            "[]",
            "null",
            "5",
            "{\"event\":5}",
            "{\"data\":{}}",
            "{\"event\":\"pusher:nonsense\"}",
            "{\"event\":\"pusher:subscribe\"}",
            "{\"event\":\"pusher:subscribe\",\"data\":\"{broken\"}",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":7}}",
            "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"white space\"}}",
            "{\"event\":\"pusher:unsubscribe\",\"data\":[]}",
            "{\"event\":\"pusher:signin\",\"data\":{}}",
            "{\"event\":\"client-x\",\"data\":{}}",
            "{\"event\":\"client-x\",\"channel\":\"private-unsubscribed\",\"data\":{}}",
        }
    )
    void answersGarbageWithAnErrorAndStays(String garbage) {
        PusherClient client = toSandbox();

        client.says(garbage);

        client.hears("pusher:error");
        client.says("pusher:ping", null, Map.of());
        client.hears("pusher:pong");
    }

    @Test
    void deepNestingIsGarbageToo() {
        PusherClient client = toSandbox();

        client.says("{\"event\":\"client-x\",\"data\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");

        client.hears("pusher:error");
    }

    @Test
    void closesOnBinaryAndOnTooMuch() {
        PusherClient binary = toSandbox();
        PusherClient large = toSandbox();

        binary.saysBinary((byte) 1, (byte) 2);
        large.says("x".repeat(70_000));

        assertThat(binary.closeCode()).isEqualTo(1003);
        assertThat(large.closeCode()).isEqualTo(1009);
    }

    @Test
    void whoIsSubscribedHearsWhatTheServerPublishes() {
        PusherClient client = toSandbox();
        client.subscribes("news");
        client.isSubscribedTo("news");

        assertThat(publish(sandbox(), "news", "{\"a\":1}").statusCode()).isEqualTo(200);

        var heard = client.hears("happened");
        assertThat(heard.channel()).isEqualTo("news");
        assertThat(heard.data().path("a").intValue()).isEqualTo(1);
    }

    @Test
    void whoHasUnsubscribedDoesNot() {
        PusherClient former = toSandbox();
        PusherClient witness = toSandbox();
        former.subscribes("news");
        former.isSubscribedTo("news");
        witness.subscribes("news");
        witness.isSubscribedTo("news");

        former.unsubscribes("news");
        former.everythingSoFar();
        publish(sandbox(), "news", "{}");

        witness.hears("happened");
        assertThat(former.everythingSoFar()).isEmpty();
    }

    @Test
    void privateChannelsNeedTheRightSignature() {
        PusherClient client = toSandbox();

        client.subscribes("private-x", "sandbox-key:" + "0".repeat(64));

        var refused = client.hears("pusher:subscription_error");
        assertThat(refused.channel()).isEqualTo("private-x");
        assertThat(refused.data().path("type").stringValue()).isEqualTo("AuthError");
        assertThat(refused.data().path("status").intValue()).isEqualTo(401);
        client.subscribesSigned(sandbox(), "private-x");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "{}", "null", "{\"user_id\":\"\"}", "{\"user_id\":{}}" })
    void aMemberWhoIsNobodyIsRefused(String data) {
        PusherClient client = toSandbox();
        String signed = client.socketId() + ":presence-x" + (data.isEmpty() ? "" : ":" + data);

        client.subscribes("presence-x", sandbox().authorize(signed), data);

        var refused = client.hears(_ -> true);
        assertThat(refused.event()).isEqualTo("pusher:subscription_error");
        assertThat(refused.channel()).isEqualTo("presence-x");
        assertThat(refused.data().path("type").stringValue()).isEqualTo("AuthError");
        client.joinsSigned(sandbox(), "presence-x", "somebody");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "private-x",
            "private-cache-x",
            "presence-cache-x",
            "private-encrypted-x",
            "private-encrypted-cache-x",
        }
    )
    void whatIsNotForEverybodyNeedsASignature(String channel) {
        PusherClient client = toSandbox();

        client.subscribes(channel);

        var refused = client.hears("pusher:subscription_error");
        assertThat(refused.channel()).isEqualTo(channel);
        assertThat(refused.data().path("status").intValue()).isEqualTo(401);
    }

    @Test
    void encryptedChannelsCarryWhatTheServerSealedAndNothingOfClients() {
        PusherClient client = toSandbox();
        client.subscribesSigned(sandbox(), "private-encrypted-x");
        String sealed = "{\"nonce\":\"bm9uY2U=\",\"ciphertext\":\"Y2lwaGVydGV4dA==\"}";

        publish(sandbox(), "private-encrypted-x", sealed);

        assertThat(client.hears("happened").frame().path("data").stringValue()).isEqualTo(sealed);
        client.says("client-hello", "private-encrypted-x", Map.of());
        client.hears("pusher:error");
    }

    @Test
    void anEventIsForOneEncryptedChannelAtMost() {
        String two =
            "{\"name\":\"n\",\"data\":\"\",\"channels\":[\"private-encrypted-a\",\"private-encrypted-b\"]}";
        String one = "{\"name\":\"n\",\"data\":\"\",\"channels\":[\"private-encrypted-a\",\"news\"]}";

        assertThat(call(ApiRequests.publish(sandbox(), two, null)).statusCode()).isEqualTo(400);
        assertThat(call(ApiRequests.publish(sandbox(), one, null)).statusCode()).isEqualTo(200);
    }

    @Test
    void clientEventsReachTheOthersOnly() {
        PusherClient sender = toSandbox();
        PusherClient other = toSandbox();
        sender.subscribesSigned(sandbox(), "private-x");
        other.subscribesSigned(sandbox(), "private-x");

        sender.says("client-hello", "private-x", Map.of("a", 1));
        other.says("client-answer", "private-x", "{\"b\":2}");

        assertThat(other.hears("client-hello").data().path("a").intValue()).isEqualTo(1);
        assertThat(sender.hears(_ -> true).event()).isEqualTo("client-answer");
    }

    @Test
    void clientEventsAreNotForPublicChannels() {
        PusherClient client = toSandbox();
        client.subscribes("news");
        client.isSubscribedTo("news");

        client.says("client-hello", "news", Map.of());

        client.hears("pusher:error");
    }

    @Test
    void aClientEventIsAtMostTenKilobytes() {
        PusherClient client = toSandbox();
        client.subscribesSigned(sandbox(), "private-x");

        client.says("client-hello", "private-x", "x".repeat(10 * 1024 + 1));

        client.hears("pusher:error");
    }

    @Test
    void moreThanTenClientEventsASecondAreDropped() {
        App limited = apps.withId("limited").orElseThrow();
        PusherClient sender = keep(PusherClient.connect(port, "limited-key"));
        sender.subscribesSigned(limited, "private-x");

        IntStream.range(0, 40).forEach(_ -> sender.says("client-hello", "private-x", Map.of()));

        assertThat(sender.hears("pusher:error").data().path("code").intValue()).isEqualTo(4301);
    }

    @Test
    void presenceChannelsCountUsersAndNotTabs() {
        PusherClient watcher = toSandbox();
        watcher.joinsSigned(sandbox(), "presence-tabs", "w");
        PusherClient firstTab = toSandbox();
        var joined = firstTab.joinsSigned(sandbox(), "presence-tabs", "a");
        PusherClient secondTab = toSandbox();
        secondTab.joinsSigned(sandbox(), "presence-tabs", "a");

        assertThat(joined.data().at("/presence/count").intValue()).isEqualTo(2);
        assertThat(joined.data().at("/presence/hash/w/name").stringValue()).isEqualTo("w");
        assertThat(watcher.hears(_ -> true).event()).isEqualTo("pusher_internal:member_added");
        firstTab.close();
        secondTab.unsubscribes("presence-tabs");
        assertThat(watcher.hears(_ -> true).event()).isEqualTo("pusher_internal:member_removed");
        assertThat(watcher.everythingSoFar()).isEmpty();
    }

    @Test
    void whispersOnPresenceChannelsNameTheirSender() {
        PusherClient sender = toSandbox();
        PusherClient other = toSandbox();
        sender.joinsSigned(sandbox(), "presence-whisper", "a");
        other.joinsSigned(sandbox(), "presence-whisper", "b");

        sender.says("client-hello", "presence-whisper", Map.of());

        assertThat(other.hears("client-hello").frame().path("user_id").stringValue()).isEqualTo("a");
    }

    @Test
    void aPresenceChannelIsFullAtItsLimit() {
        App limited = apps.withId("limited").orElseThrow();
        for (String user : new String[] { "a", "b" }) {
            keep(PusherClient.connect(port, "limited-key")).joinsSigned(limited, "presence-full", user);
        }
        PusherClient third = keep(PusherClient.connect(port, "limited-key"));
        String data = "{\"user_id\":\"c\"}";

        third.subscribes(
            "presence-full",
            limited.authorize(third.socketId() + ":presence-full:" + data),
            data
        );

        assertThat(third.hears("pusher:subscription_error").data().path("type").stringValue()).isEqualTo(
            "LimitReached"
        );
    }

    @Test
    void publishingNeedsTheAppsSignature() {
        var forged = ApiRequests.publish(
            sandbox(),
            "{\"name\":\"n\",\"data\":\"\",\"channel\":\"news\"}",
            "0".repeat(64)
        );

        assertThat(call(forged).statusCode()).isEqualTo(401);
        assertThat(publish(sandbox(), "white space", "{}").statusCode()).isEqualTo(400);
        assertThat(publish(sandbox(), "news", "x".repeat(10 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
            "null",
            "[]",
            "{}",
            "{",
            "{\"name\":\"n\",\"data\":\"\",\"channels\":[null]}",
            "{\"name\":\"n\",\"data\":{},\"channel\":\"news\"}",
            "{\"batch\":null}",
            "{\"batch\":[null]}",
        }
    )
    void whatIsSignedAndMakesNoSenseIsMalformed(String body) {
        assertThat(call(ApiRequests.publish(sandbox(), body, null)).statusCode()).isEqualTo(400);
        assertThat(call(ApiRequests.publishBatch(sandbox(), body)).statusCode()).isEqualTo(400);
    }
}
