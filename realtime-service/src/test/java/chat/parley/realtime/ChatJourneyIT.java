package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.WireJson;
import chat.parley.contracts.room.Role;
import chat.parley.contracts.room.RoomType;
import chat.parley.testing.rooms.TestTokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members of rooms hear, and who does not. */
class ChatJourneyIT extends RealtimeTest {

    private UserId ada;
    private UserId grace;
    private RoomId room;

    @BeforeEach
    void twoPeopleShareARoom() {
        ada = rooms.user("ada");
        grace = rooms.user("grace");
        room = rooms.room(RoomType.GROUP, ada, grace);
    }

    @Test
    void membersHearAMessage() {
        PusherClient client = inRoom(grace, room);

        happens(
            Topic.MESSAGES,
            ChatEvents.sent(room, 1, ada, "naïve <script> ☕ \"quoted\"", null, List.of())
        );

        var message = client.hears("message.sent");
        assertThat(message.channel()).isEqualTo("private-chat." + room);
        assertThat(message.data().at("/message/content").stringValue()).isEqualTo(
            "naïve <script> ☕ \"quoted\""
        );
        assertThat(message.data().at("/message/seq").longValue()).isEqualTo(1);
        assertThat(message.frame().path("data").isString()).as("data is a text of JSON").isTrue();
    }

    @Test
    void theSocketThatSentItDoesNotHearItBack() {
        PusherClient sender = inRoom(ada, room);
        PusherClient other = inRoom(ada, room);

        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada, "mine", sender.socketId(), List.of()));
        happens(Topic.MESSAGES, ChatEvents.sent(room, 2, grace));

        assertThat(other.hears("message.sent").data().at("/message/seq").longValue()).isEqualTo(1);
        assertThat(sender.hears("message.sent").data().at("/message/seq").longValue()).isEqualTo(2);
    }

    @Test
    void messagesThatComeOutOfOrderAreHeardInOrder() {
        PusherClient client = inRoom(grace, room);

        for (long seq : List.of(1L, 3L, 4L, 2L, 5L)) {
            happens(Topic.MESSAGES, ChatEvents.sent(room, seq, ada));
        }

        for (long seq = 1; seq <= 5; seq++) {
            assertThat(client.hears("message.sent").data().at("/message/seq").longValue()).isEqualTo(seq);
        }
    }

    @Test
    void whoIsRemovedHearsThatAndNothingAfter() {
        PusherClient leaving = inRoom(grace, room);
        subscribe(leaving, grace, "presence-chat." + room);
        PusherClient staying = inRoom(ada, room);
        subscribe(staying, ada, "presence-chat." + room);

        rooms.leave(room, grace);
        happens(Topic.ROOMS, ChatEvents.removed(room, grace));
        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada));

        assertThat(staying.hears("member.removed").data().path("user_id").stringValue()).isEqualTo(
            grace.toString()
        );
        // One comes by way of Redis, the other of Kafka: either may be first.
        assertThat(
            List.of(staying.hears(_ -> true).event(), staying.hears(_ -> true).event())
        ).containsExactlyInAnyOrder("pusher_internal:member_removed", "message.sent");
        leaving.hears("member.removed");
        assertThat(leaving.everythingSoFar()).isEmpty();
    }

    @Test
    void nobodyHearsADeletedRoom() {
        PusherClient client = inRoom(grace, room);

        happens(Topic.ROOMS, ChatEvents.deleted(room));
        happens(Topic.ROOMS, ChatEvents.removed(room, grace));
        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada));
        PusherClient witness = toChat();
        subscribe(witness, ada, "private-user." + ada);
        happens(Topic.ROOMS, ChatEvents.added(room, ada));
        witness.hears("room.added");

        client.hears("room.deleted");
        assertThat(client.everythingSoFar()).isEmpty();
    }

    @Test
    void aRemovedMemberCannotSubscribeWithWhatTheyWereGrantedBefore() {
        PusherClient client = toChat();
        String auth = authorization(grace, client.socketId(), "private-chat." + room)
            .path("auth")
            .stringValue();
        PusherClient witness = inRoom(ada, room);

        happens(Topic.ROOMS, ChatEvents.removed(room, grace));
        rooms.leave(room, grace);
        witness.hears("member.removed");
        client.subscribes("private-chat." + room, auth);

        assertThat(client.hears("pusher:subscription_error").data().path("status").intValue()).isEqualTo(403);
    }

    @Test
    void aUserHearsOfARoomTheyWereAddedTo() {
        PusherClient client = toChat();
        subscribe(client, grace, "private-user." + grace);

        happens(Topic.ROOMS, ChatEvents.added(room, grace));

        var added = client.hears("room.added").data().path("room");
        assertThat(added.path("id").stringValue()).isEqualTo(room.toString());
        assertThat(added.path("unread_count").longValue()).isEqualTo(1);
        assertThat(added.path("role").stringValue()).isEqualTo("member");
    }

    @Test
    void theMentionedHearOfIt() {
        PusherClient client = inRoom(grace, room);
        subscribe(client, grace, "private-user." + grace);

        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada, "@grace", null, List.of(grace)));

        client.hears("message.sent");
        assertThat(client.hears("mention").channel()).isEqualTo("private-user." + grace);
    }

    @Test
    void strangersAreNotAuthorized() {
        UserId mallory = rooms.user("mallory");
        RoomId lobby = rooms.room(RoomType.PUBLIC, ada);

        for (String channel : List.of(
            "private-chat." + room,
            "presence-chat." + room,
            "private-chat." + lobby,
            "private-chat." + RoomId.random(),
            "private-user." + ada,
            "private-chat.x",
            "private-other",
            "public"
        )) {
            var answer = post(
                "/broadcasting/auth",
                TestTokens.of(mallory),
                Map.of("socket_id", "1.2", "channel_name", channel)
            );
            assertThat(answer.statusCode()).as(channel).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"forbidden\"");
        }
    }

    @Test
    void anAuthorizationNeedsASignedInUserAndASocket() {
        var form = Map.of("socket_id", "1.2", "channel_name", "private-chat." + room);

        assertThat(post("/broadcasting/auth", TestTokens.forged(ada), form).statusCode()).isEqualTo(401);
        assertThat(post("/broadcasting/auth", TestTokens.of(ada), Map.of()).statusCode()).isEqualTo(400);
        assertThat(
            post(
                "/broadcasting/auth",
                TestTokens.of(ada),
                Map.of("socket_id", "1.2:x", "channel_name", "private-chat." + room)
            ).statusCode()
        ).isEqualTo(400);
    }

    @Test
    void aSignatureAloneOpensNoRoom() {
        PusherClient client = toChat();
        String channel = "private-chat." + room;

        client.subscribes(channel, apps.chat().authorize(client.socketId() + ":" + channel));

        assertThat(client.hears("pusher:subscription_error").data().path("status").intValue()).isEqualTo(401);
    }

    @Test
    void theChatHasNoChannelsButItsOwn() {
        PusherClient client = toChat();

        client.subscribes("public");

        assertThat(client.hears("pusher:subscription_error").data().path("status").intValue()).isEqualTo(403);
        client.says("pusher:ping", null, Map.of());
        client.hears("pusher:pong");
    }

    @Test
    void whoStaysAStrangerIsSentAway() {
        PusherClient stranger = toChat();
        PusherClient member = inRoom(ada, room);

        assertThat(stranger.closeCode()).isEqualTo(4009);
        assertThat(member.isOpen()).isTrue();
    }

    @Test
    void aUserSignsInAndHearsWhatIsSentToThem() {
        PusherClient client = toChat();
        var answer = post(
            "/broadcasting/user-auth",
            TestTokens.of(ada),
            Map.of("socket_id", client.socketId())
        );
        var granted = WireJson.mapper().readTree(answer.body());

        client.says(
            "pusher:signin",
            null,
            Map.of(
                "auth",
                granted.path("auth").stringValue(),
                "user_data",
                granted.path("user_data").stringValue()
            )
        );

        assertThat(client.hears("pusher:signin_success").data().path("user_data").stringValue()).contains(
            "Ada"
        );
        client.subscribes("#server-to-user-" + ada, "");
        client.isSubscribedTo("#server-to-user-" + ada);
        client.subscribes("#server-to-user-" + grace, "");
        assertThat(client.hears("pusher:subscription_error").data().path("status").intValue()).isEqualTo(403);
    }

    @Test
    void aNewMemberIsHeardAtOnce() {
        UserId carol = rooms.user("carol");
        PusherClient client = inRoom(ada, room);

        rooms.join(room, carol, Role.MEMBER);
        happens(Topic.ROOMS, ChatEvents.added(room, carol));

        assertThat(client.hears("member.added").data().at("/member/user/id").stringValue()).isEqualTo(
            carol.toString()
        );
        inRoom(carol, room);
    }

    @Test
    void whoComesBackIsLetInBeforeTheNodeHasHeardOfIt() {
        PusherClient witness = inRoom(ada, room);
        rooms.leave(room, grace);
        happens(Topic.ROOMS, ChatEvents.removed(room, grace));
        witness.hears("member.removed");

        rooms.join(room, grace, Role.MEMBER);
        PusherClient client = inRoom(grace, room);

        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada));
        client.hears("message.sent");
    }

    @Test
    void aRoomsChannelHasOneName() {
        String shouted = "private-chat." + room.toString().toUpperCase(Locale.ROOT);
        PusherClient client = toChat();
        var form = Map.of("socket_id", client.socketId(), "channel_name", shouted);

        assertThat(post("/broadcasting/auth", TestTokens.of(ada), form).statusCode()).isEqualTo(403);
        client.subscribes(shouted, apps.chat().authorize(client.socketId() + ":" + shouted));
        assertThat(client.hears("pusher:subscription_error").data().path("status").intValue()).isEqualTo(403);
    }

    @Test
    void whoeverHoldsTheSecretMaySignSomebodyInWhoIsNoUser() {
        PusherClient client = toChat();
        String nobody = "{\"id\":\"nobody\"}";

        client.says(
            "pusher:signin",
            null,
            Map.of(
                "auth",
                apps.chat().authorize(client.socketId() + "::user::" + nobody),
                "user_data",
                nobody
            )
        );

        client.hears("pusher:signin_success");
        assertThat(client.everythingSoFar()).isEmpty();
    }
}
