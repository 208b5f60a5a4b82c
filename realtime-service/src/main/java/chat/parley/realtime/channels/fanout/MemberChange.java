package chat.parley.realtime.channels.fanout;

import chat.parley.realtime.channels.protocol.ServerMessages;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A user came into a presence channel with their first connection, or went with their last.
 *
 * @param channelKey the channel's key among those of all apps
 * @param version of the channel's list of members after it; a list of this version or a later one knows of it
 * @param info JSON of who came; null for who went
 */
public record MemberChange(Kind kind, String channelKey, long version, String userId, @Nullable String info) {
    /** The two ways. */
    public enum Kind {
        ADDED,
        REMOVED,
    }

    /** The change as a client is told it; whoever asks owns the frame. */
    public ByteBuf frame() {
        String channel = channelKey.substring(channelKey.indexOf('/') + 1);
        return switch (kind) {
            case ADDED -> ServerMessages.memberAdded(channel, userId, info);
            case REMOVED -> ServerMessages.memberRemoved(channel, userId);
        };
    }
}
