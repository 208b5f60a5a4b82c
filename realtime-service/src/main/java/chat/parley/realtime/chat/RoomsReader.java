package chat.parley.realtime.chat;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.Topic;
import chat.parley.contracts.UserId;
import chat.parley.contracts.json.EventCodec;
import chat.parley.contracts.room.MemberSnapshot;
import chat.parley.contracts.room.RoomEvent;
import chat.parley.contracts.room.RoomEvent.MemberAdded;
import chat.parley.contracts.room.RoomEvent.MemberRemoved;
import chat.parley.contracts.room.RoomEvent.MemberUpdated;
import chat.parley.contracts.room.RoomEvent.RoomCreated;
import chat.parley.contracts.room.RoomEvent.RoomDeleted;
import chat.parley.contracts.room.RoomEvent.RoomRead;
import chat.parley.contracts.room.RoomEvent.RoomUpdated;
import chat.parley.contracts.room.RoomSnapshot;
import chat.parley.realtime.channels.log.RecordReader;
import chat.parley.realtime.chat.ChatBroadcast.Said;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** What happens to rooms and their members, for those who hear them; and the end of what nobody may hear any more. */
@Component
final class RoomsReader implements RecordReader {

    private static final EventCodec<RoomEvent> CODEC = EventCodec.of(RoomEvent.class);

    private final ChatBroadcast broadcast;
    private final Removals removals;
    private final Expulsion expulsion;

    RoomsReader(ChatBroadcast broadcast, Removals removals, Expulsion expulsion) {
        this.broadcast = broadcast;
        this.removals = removals;
        this.expulsion = expulsion;
    }

    @Override
    public Topic topic() {
        return Topic.ROOMS;
    }

    @Override
    public void read(ConsumerRecord<String, byte[]> record) {
        if (concernsThisNode(record.key().split("/", 3))) {
            CODEC.read(record.value()).ifPresent(this::tell);
        }
    }

    /** A member's coming or going always does: a subscription of theirs may be on its way in right now. */
    private boolean concernsThisNode(String[] key) {
        return switch (key.length) {
            case 1 -> broadcast.isRoomHeard(key[0]) || broadcast.isHeard(ChatChannel.ROOM_MEMBERS + key[0]);
            case 2 -> true;
            default -> broadcast.isUserHeard(key[1]);
        };
    }

    private void tell(RoomEvent event) {
        switch (event) {
            case RoomCreated _ -> {
                // Each of its members is told by their own MemberAdded.
            }
            case RoomUpdated updated -> broadcast.toRoom(
                updated.roomId(),
                new Said("room.updated", new OfRoom(updated.room()), updated.socketId(), updated.at())
            );
            case RoomDeleted deleted -> {
                broadcast.toRoom(
                    deleted.roomId(),
                    new Said("room.deleted", new OfRoomId(deleted.roomId()), deleted.socketId(), deleted.at())
                );
                expulsion.ofAll(deleted.roomId());
            }
            case MemberAdded added -> added(added);
            case MemberUpdated updated -> broadcast.toRoom(
                updated.roomId(),
                new Said(
                    "member.updated",
                    new OfMember(updated.roomId(), updated.member()),
                    updated.socketId(),
                    updated.at()
                )
            );
            case MemberRemoved removed -> removed(removed);
            case RoomRead read -> broadcast.toUser(
                read.userId(),
                new Said(
                    "room.read",
                    new OfReading(read.roomId(), read.lastReadSeq(), read.unreadCount()),
                    read.socketId(),
                    read.at()
                )
            );
        }
    }

    private void added(MemberAdded added) {
        UserId user = added.member().user().id();
        removals.added(added.roomId(), user);
        broadcast.toRoom(
            added.roomId(),
            new Said(
                "member.added",
                new OfMember(added.roomId(), added.member()),
                added.socketId(),
                added.at()
            )
        );
        broadcast.toUser(
            user,
            new Said(
                "room.added",
                new OfOwnRoom(OwnRoom.of(added.room(), added.member())),
                added.socketId(),
                added.at()
            )
        );
    }

    /** The event first, so that the user's own clients learn of it too; then their subscriptions end. */
    private void removed(MemberRemoved removed) {
        removals.removed(removed.roomId(), removed.userId());
        broadcast.toRoom(
            removed.roomId(),
            new Said(
                "member.removed",
                new OfUser(removed.roomId(), removed.userId()),
                removed.socketId(),
                removed.at()
            )
        );
        broadcast.toUser(
            removed.userId(),
            new Said("room.removed", new OfRoomId(removed.roomId()), removed.socketId(), removed.at())
        );
        expulsion.of(removed.roomId(), removed.userId());
    }

    private record OfRoom(RoomSnapshot room) {}

    private record OfOwnRoom(OwnRoom room) {}

    private record OfRoomId(RoomId roomId) {}

    private record OfMember(RoomId roomId, MemberSnapshot member) {}

    private record OfUser(RoomId roomId, UserId userId) {}

    private record OfReading(RoomId roomId, long lastReadSeq, long unreadCount) {}
}
