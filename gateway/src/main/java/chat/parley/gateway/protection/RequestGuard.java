package chat.parley.gateway.protection;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one connection's requests end. Headers must be there a while after their first byte; Reactor Netty
 * would wait for as long as bytes come. A request that is answered before its long body has come (too large, no token,
 * too often) is the connection's last: what comes of the body is read for a moment and thrown away, so that the client
 * gets to read the answer, as nginx's {@code lingering_close} does; Reactor Netty would read all of it, however long.
 *
 * <p>Stands right behind the HTTP codec, and goes when the connection becomes a socket.
 */
final class RequestGuard extends ChannelDuplexHandler {

    /** What is read to its end rather than ending a connection over it. */
    private static final long SHORT = 64 * 1024;
    private static final long MOST_THROWN_AWAY = 2 << 20;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Duration headersWithin;
    private @Nullable Future<?> headersDue;
    private boolean heard;
    private boolean incoming;
    private long rest;
    private int unanswered;
    private boolean last;
    private boolean lingering;
    private long thrownAway;

    RequestGuard(Duration headersWithin) {
        this.headersWithin = headersWithin;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        if (lingering) {
            throwAway(context, message);
            return;
        }
        if (message instanceof HttpRequest request) {
            begins(request);
        }
        if (message instanceof HttpContent content) {
            rest -= content.content().readableBytes();
            incoming = !(message instanceof LastHttpContent);
        }
        context.fireChannelRead(message);
    }

    private void begins(HttpRequest request) {
        if (headersDue != null) {
            headersDue.cancel(false);
            headersDue = null;
        }
        incoming = true;
        unanswered++;
        rest = HttpUtil.isTransferEncodingChunked(request)
            ? Long.MAX_VALUE
            : HttpUtil.getContentLength(request, 0L);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Bytes that the codec could make nothing of yet: the beginning of a request.
        if (!heard && !incoming && headersDue == null) {
            headersDue = context
                .executor()
                .schedule(() -> context.close(), headersWithin.toMillis(), TimeUnit.MILLISECONDS);
        }
        heard = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                interim(context, response, promise);
                return;
            }
            answers(response);
        }
        if (message instanceof LastHttpContent) {
            unanswered--;
            if (last) {
                promise.unvoid().addListener(_ -> linger(context));
            }
        }
        context.write(message, promise);
    }

    private void interim(ChannelHandlerContext context, HttpResponse response, ChannelPromise promise) {
        context.write(response, promise);
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            context.pipeline().remove(this);
        }
    }

    private void answers(HttpResponse response) {
        if (incoming && rest > SHORT && unanswered == 1) {
            last = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    private void linger(ChannelHandlerContext context) {
        if (lingering || !context.channel().isActive()) {
            return;
        }
        lingering = true;
        if (context.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
        }
        context.channel().config().setAutoRead(true);
        context.executor().schedule(() -> context.close(), MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void throwAway(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBufHolder holder) {
            thrownAway += holder.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            context.close();
        } else if (thrownAway > MOST_THROWN_AWAY) {
            // Closing now would break off what the client is still sending, and many do not read an answer after that.
            context.channel().config().setAutoRead(false);
        }
    }

    /** Reactor Netty closes a connection after its last answer, whole or not; here, the client is given its moment. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (last) {
            linger(context);
            promise.trySuccess();
        } else {
            context.close(promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (headersDue != null) {
            headersDue.cancel(false);
        }
        context.fireChannelInactive();
    }
}
