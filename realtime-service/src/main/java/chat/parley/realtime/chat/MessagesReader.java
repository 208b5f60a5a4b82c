package chat.parley.realtime.chat;

import chat.parley.contracts.MessageId;
import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.message.MessageEvent;
import chat.parley.contracts.message.MessageEvent.MessageDeleted;
import chat.parley.contracts.message.MessageEvent.MessageRead;
import chat.parley.contracts.message.MessageEvent.MessageSent;
import chat.parley.contracts.message.MessageEvent.MessageUpdated;
import chat.parley.contracts.message.MessageEvent.MessagesImported;
import chat.parley.contracts.message.MessageEvent.ReactionAdded;
import chat.parley.contracts.message.MessageEvent.ReactionRemoved;
import chat.parley.contracts.message.MessageSnapshot;
import chat.parley.realtime.channels.log.RecordReader;
import chat.parley.realtime.chat.ChatBroadcast.Said;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;

/** What happens to messages, for those who have the room open, and for the mentioned. */
@Component
final class MessagesReader implements RecordReader {

    private static final EventCodec<MessageEvent> CODEC = EventCodec.of(MessageEvent.class);

    private final ChatBroadcast broadcast;
    private final Unsealing unsealing;
    private final SeqOrder order;

    MessagesReader(
        ChatBroadcast broadcast,
        Unsealing unsealing,
        OrderProperties properties,
        Scheduler eventThread
    ) {
        this.broadcast = broadcast;
        this.unsealing = unsealing;
        this.order = new SeqOrder(
            eventThread,
            properties.patience(),
            properties.maxRooms(),
            properties.maxWaiting(),
            this::tell
        );
    }

    @Override
    public Topic topic() {
        return Topic.MESSAGES;
    }

    @Override
    public void read(ConsumerRecord<String, byte[]> record) {
        if (broadcast.isRoomHeard(record.key())) {
            CODEC.read(record.value()).ifPresent(order::accept);
            return;
        }
        order.forget(RoomId.of(record.key()));
        if (mentionsSomebodyHere(record)) {
            CODEC.read(record.value()).ifPresent(this::tell);
        }
    }

    private boolean mentionsSomebodyHere(ConsumerRecord<String, byte[]> record) {
        Header mentions = record.headers().lastHeader(MessageEvent.MENTIONS_HEADER);
        return (
            mentions != null &&
            Arrays.stream(new String(mentions.value(), StandardCharsets.US_ASCII).split(",")).anyMatch(
                broadcast::isUserHeard
            )
        );
    }

    private void tell(MessageEvent event) {
        switch (event) {
            case MessageSent sent -> unsealing.open(sent.message(), message -> {
                toRoom(sent, "message.sent", sent.socketId(), new OfMessage(message));
                mention(message.mentions(), message, sent.socketId(), sent.at());
            });
            case MessageUpdated updated -> unsealing.open(updated.message(), message -> {
                toRoom(updated, "message.updated", updated.socketId(), new OfMessage(message));
                mention(updated.mentioned(), message, updated.socketId(), updated.at());
            });
            case MessageDeleted deleted -> toRoom(
                deleted,
                "message.deleted",
                deleted.socketId(),
                new OfPlace(deleted.messageId(), deleted.roomId(), deleted.seq(), deleted.userId())
            );
            case MessageRead read -> toRoom(
                read,
                "message.read",
                read.socketId(),
                new OfPlace(read.messageId(), read.roomId(), read.seq(), read.userId())
            );
            case MessagesImported _ -> {
                // They are in the history; who hears the next message sees the gap and asks for them.
            }
            case ReactionAdded added -> toRoom(
                added,
                "reaction.added",
                added.socketId(),
                new OfReaction(
                    added.messageId(),
                    added.roomId(),
                    added.userId(),
                    added.reactionType(),
                    added.count()
                )
            );
            case ReactionRemoved removed -> toRoom(
                removed,
                "reaction.removed",
                removed.socketId(),
                new OfReaction(
                    removed.messageId(),
                    removed.roomId(),
                    removed.userId(),
                    removed.reactionType(),
                    removed.count()
                )
            );
        }
    }

    private void toRoom(MessageEvent event, String name, @Nullable String except, Object data) {
        broadcast.toRoom(event.roomId(), new Said(name, data, except, event.at()));
    }

    /** Nobody is told that they mentioned themselves. */
    private void mention(
        List<UserId> mentioned,
        MessageSnapshot message,
        @Nullable String except,
        Instant at
    ) {
        Said said = new Said("mention", new OfMessage(message), except, at);
        mentioned
            .stream()
            .filter(user -> !user.equals(message.userId()))
            .forEach(user -> broadcast.toUser(user, said));
    }

    private record OfMessage(MessageSnapshot message) {}

    private record OfPlace(MessageId messageId, RoomId roomId, long seq, UserId userId) {}

    private record OfReaction(
        MessageId messageId,
        RoomId roomId,
        UserId userId,
        String reactionType,
        int count
    ) {}
}
