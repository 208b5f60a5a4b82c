package chat.parley.presence.typing;

import chat.parley.contracts.RoomId;
import chat.parley.contracts.UserId;
import chat.parley.presence.Shard;

/** Somebody at the keyboard in a room. */
record Typist(RoomId room, UserId user) {
    static Typist of(String member) {
        int slash = member.indexOf('/');
        return new Typist(RoomId.of(member.substring(0, slash)), UserId.of(member.substring(slash + 1)));
    }

    Shard shard() {
        return Shard.of(room);
    }

    /** As Redis knows them. */
    String member() {
        return room + "/" + user;
    }
}
