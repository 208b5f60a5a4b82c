package chat.parley.realtime.channels.members;

import chat.parley.contracts.json.WireJson;
import chat.parley.realtime.channels.fanout.MemberChange;
import org.jspecify.annotations.Nullable;

/** A {@link MemberChange} as the nodes tell it to each other: its version, a space, and the rest as JSON. */
record MemberAnnouncement(MemberChange.Kind kind, String channelKey, String userId, @Nullable String info) {
    String json() {
        return WireJson.mapper().writeValueAsString(this);
    }

    static MemberChange read(String text) {
        int space = text.indexOf(' ');
        MemberAnnouncement said = WireJson.mapper().readValue(
            text.substring(space + 1),
            MemberAnnouncement.class
        );
        long version = Long.parseLong(text.substring(0, space));
        return new MemberChange(said.kind, said.channelKey, version, said.userId, said.info);
    }
}
