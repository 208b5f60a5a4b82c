package chat.parley.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.room.RoomType;
import chat.parley.testing.servers.Server;
import chat.parley.testing.servers.TestServers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A second node beside the first, with the same Kafka and Redis: to clients the two are one. */
class TwoNodesIT extends RealtimeTest {

    private ConfigurableApplicationContext second;

    @BeforeEach
    void startsSecondNode() {
        second = anotherNode(TestServers.environment(Set.of(Server.KAFKA, Server.REDIS)));
    }

    @AfterEach
    void stopsSecondNode() {
        second.close();
    }

    private PusherClient onSecondNode(String key) {
        return keep(PusherClient.connect(portOf(second), key));
    }

    @Test
    void whispersAndPublishesCrossOver() {
        PusherClient here = toSandbox();
        PusherClient there = onSecondNode("sandbox-key");
        here.subscribesSigned(sandbox(), "private-two");
        there.subscribesSigned(sandbox(), "private-two");

        there.says("client-hello", "private-two", Map.of());

        here.hears("client-hello");
        assertThat(there.everythingSoFar()).isEmpty();
    }

    @Test
    void aUserIsCountedOnceOverBothNodes() {
        PusherClient watcher = toSandbox();
        watcher.joinsSigned(sandbox(), "presence-two", "w");
        PusherClient here = toSandbox();
        here.joinsSigned(sandbox(), "presence-two", "a");
        PusherClient there = onSecondNode("sandbox-key");
        var joined = there.joinsSigned(sandbox(), "presence-two", "a");

        assertThat(joined.data().at("/presence/count").intValue()).isEqualTo(2);
        assertThat(watcher.hears(_ -> true).event()).isEqualTo("pusher_internal:member_added");
        here.unsubscribes("presence-two");
        here.everythingSoFar();
        assertThat(watcher.everythingSoFar()).isEmpty();
        there.unsubscribes("presence-two");
        assertThat(watcher.hears(_ -> true).event()).isEqualTo("pusher_internal:member_removed");
    }

    @Test
    void aRemovalEndsSubscriptionsThatWereAuthorizedByTheOtherNode() {
        UserId ada = rooms.user("ada");
        UserId grace = rooms.user("grace");
        RoomId room = rooms.room(RoomType.GROUP, ada, grace);
        PusherClient there = onSecondNode("parley-key");
        subscribe(there, grace, "private-chat." + room);
        PusherClient witness = inRoom(ada, room);

        happens(Topic.ROOMS, ChatEvents.removed(room, grace));
        witness.hears("member.removed");
        happens(Topic.MESSAGES, ChatEvents.sent(room, 1, ada));

        witness.hears("message.sent");
        there.hears("member.removed");
        assertThat(there.everythingSoFar()).isEmpty();
    }

    @Test
    void aNodeThatStopsSendsItsClientsToTheOther() {
        PusherClient watcher = toSandbox();
        watcher.joinsSigned(sandbox(), "presence-drain", "w");
        PusherClient there = onSecondNode("sandbox-key");
        there.joinsSigned(sandbox(), "presence-drain", "a");

        second.close();

        assertThat(there.closeCode()).isEqualTo(4200);
        watcher.hears("pusher_internal:member_removed");
    }
}
