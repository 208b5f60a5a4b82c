package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.contracts.broadcast.BroadcastEvent;
import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.app.Apps;
import chat.parley.realtime.channels.fanout.Channels;
import chat.parley.realtime.channels.protocol.ServerMessages;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts events on the chat's channels; what nobody here hears is not even encoded. */
@Component
final class ChatBroadcast {

    private final Channels channels;
    private final String app;

    ChatBroadcast(Channels channels, Apps apps) {
        this.channels = channels;
        this.app = apps.chat().id();
    }

    boolean isHeard(String channel) {
        return channels.isHeard(keyOf(channel));
    }

    /** @param room an id, as it stands in a record's key */
    boolean isRoomHeard(String room) {
        return isHeard(ChatChannel.ROOM + room);
    }

    boolean isUserHeard(String user) {
        return isHeard(ChatChannel.USER + user);
    }

    void toRoom(RoomId room, Said said) {
        publish(ChatChannel.ROOM + room, said);
    }

    void toUser(UserId user, Said said) {
        publish(ChatChannel.USER + user, said);
    }

    private void publish(String channel, Said said) {
        channels.publish(
            keyOf(channel),
            () ->
                ServerMessages.event(
                    channel,
                    said.event,
                    WireJson.mapper().writeValueAsString(said.data),
                    null
                ),
            said.exceptSocketId,
            said.acceptedAt
        );
    }

    String keyOf(String channel) {
        return BroadcastEvent.keyOf(app, channel);
    }

    /**
     * One event for a channel.
     *
     * @param data what becomes its JSON
     * @param exceptSocketId the socket that caused it
     * @param acceptedAt when the suite took it in
     */
    record Said(String event, Object data, @Nullable String exceptSocketId, Instant acceptedAt) {}
}
