package chat.parley.gateway.routing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.socket.CloseStatus;

/** The side of a client, who may be sent away in good order: between two frames of the service. */
final class ClientEnd extends RelayEnd {

    private final FrameEnds frames = new FrameEnds();
    private @Nullable CloseStatus farewell;
    private boolean said;

    ClientEnd(Channel channel) {
        super(channel);
    }

    /** Says so as soon as the frame that has begun is there as a whole, and closes the connection. */
    void sendAway(CloseStatus status) {
        inEventLoop(() -> {
            farewell = status;
            sayFarewellBetweenFrames();
        });
    }

    @Override
    void send(ByteBuf bytes) {
        if (farewell == null) {
            frames.pass(bytes);
            super.send(bytes);
            return;
        }
        if (!said) {
            super.send(bytes.readRetainedSlice(frames.passRest(bytes)));
            sayFarewellBetweenFrames();
        }
        bytes.release();
    }

    private void sayFarewellBetweenFrames() {
        if (farewell != null && !said && frames.atEnd()) {
            said = true;
            channel()
                .writeAndFlush(new CloseWebSocketFrame(farewell.getCode(), farewell.getReason()))
                .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
