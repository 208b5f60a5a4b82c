package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.presence.PresenceEvent;
import chat.parley.contracts.presence.PresenceEvent.TypingStarted;
import chat.parley.contracts.presence.PresenceEvent.TypingStopped;
import chat.parley.contracts.presence.PresenceEvent.UserOffline;
import chat.parley.contracts.presence.PresenceEvent.UserOnline;
import chat.parley.realtime.channels.log.RecordReader;
import chat.parley.realtime.chat.ChatBroadcast.Said;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Who types and who is online, for those who have a room open with them. */
@Component
final class PresenceReader implements RecordReader {

    private static final EventCodec<PresenceEvent> CODEC = EventCodec.of(PresenceEvent.class);

    private final ChatBroadcast broadcast;

    PresenceReader(ChatBroadcast broadcast) {
        this.broadcast = broadcast;
    }

    @Override
    public Topic topic() {
        return Topic.PRESENCE;
    }

    /** All are parsed: a user's record names its rooms only inside. */
    @Override
    public void read(ConsumerRecord<String, byte[]> record) {
        CODEC.read(record.value()).ifPresent(this::tell);
    }

    private void tell(PresenceEvent event) {
        switch (event) {
            case TypingStarted started -> broadcast.toRoom(
                started.roomId(),
                new Said(
                    "typing.started",
                    new OfTyping(started.roomId(), started.userId()),
                    null,
                    started.at()
                )
            );
            case TypingStopped stopped -> broadcast.toRoom(
                stopped.roomId(),
                new Said(
                    "typing.stopped",
                    new OfTyping(stopped.roomId(), stopped.userId()),
                    null,
                    stopped.at()
                )
            );
            case UserOnline online -> {
                Said said = new Said("user.online", new OfOnline(online.userId()), null, online.at());
                online.roomIds().forEach(room -> broadcast.toRoom(room, said));
            }
            case UserOffline offline -> {
                var data = new OfOffline(offline.userId(), offline.lastSeenAt());
                Said said = new Said("user.offline", data, null, offline.at());
                offline.roomIds().forEach(room -> broadcast.toRoom(room, said));
            }
        }
    }

    private record OfTyping(RoomId roomId, UserId userId) {}

    private record OfOnline(UserId userId) {}

    private record OfOffline(UserId userId, Instant lastSeenAt) {}
}
