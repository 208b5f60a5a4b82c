package chat.parley.realtime.channels.fanout;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of one channel, encoded once for all of its subscribers.
 *
 * @param bytes the whole WebSocket frame; whoever is given the Frame owns a reference to it
 * @param exceptSocketId the socket that caused it and does not hear it
 * @param acceptedAt when the suite took it in
 * @param kept whether it is its channel's last event until the next one comes
 */
public record Frame(ByteBuf bytes, @Nullable String exceptSocketId, Instant acceptedAt, boolean kept) {
    Frame retain() {
        bytes.retain();
        return this;
    }

    void release() {
        bytes.release();
    }

    int size() {
        return bytes.readableBytes();
    }
}
