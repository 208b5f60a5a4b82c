package chat.parley.realtime.channels.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that does not get as far as one whole request in time, however many bytes it drips meanwhile. It
 * leaves with that request: no socket keeps a timer.
 */
final class FirstRequest extends ChannelInboundHandlerAdapter {

    static final String NAME = "parley.first";

    private final Duration within;
    private @Nullable Future<?> deadline;

    FirstRequest(Duration within) {
        this.within = within;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context
            .executor()
            .schedule(() -> context.close(), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean whole = message instanceof LastHttpContent;
        context.fireChannelRead(message);
        if (whole && !context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
