package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.realtime.channels.app.App;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.socket.Identities;
import chat.parley.realtime.channels.socket.Subscribing;
import java.util.List;
import org.springframework.stereotype.Component;

/** Ends subscriptions of those who may not hear a room any more, after everything they still may hear. */
@Component
final class Expulsion {

    private final App app;
    private final Identities identities;
    private final Subscribing subscribing;
    private final Channels channels;
    private final ChatBroadcast broadcast;

    Expulsion(
        Apps apps,
        Identities identities,
        Subscribing subscribing,
        Channels channels,
        ChatBroadcast broadcast
    ) {
        this.app = apps.chat();
        this.identities = identities;
        this.subscribing = subscribing;
        this.channels = channels;
        this.broadcast = broadcast;
    }

    /** One user, on all of their devices here. */
    void of(RoomId room, UserId user) {
        for (Socket socket : identities.socketsOf(app, user.toString())) {
            socket.hub().offer(() -> channelsOf(room).forEach(channel -> subscribing.end(socket, channel)));
        }
    }

    /** Everybody: the room is gone. */
    void ofAll(RoomId room) {
        channelsOf(room).forEach(this::ofAll);
    }

    private void ofAll(String channel) {
        String key = broadcast.keyOf(channel);
        channels.atListeners(key, hub ->
            hub.listeners(key).forEach(socket -> subscribing.end(socket, channel))
        );
    }

    private static List<String> channelsOf(RoomId room) {
        return List.of(ChatChannel.ROOM + room, ChatChannel.ROOM_MEMBERS + room);
    }
}
