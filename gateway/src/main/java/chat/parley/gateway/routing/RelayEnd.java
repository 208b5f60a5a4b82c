package chat.parley.gateway.routing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;

/**
 * One side of a {@link SocketRelay}: hands on what its channel hears, and writes what the other one has heard. Its state
 * belongs to the channel's event loop; the other one's may be another.
 */
class RelayEnd extends ChannelInboundHandlerAdapter {

    private static final String NAME = "parley.relay";

    /** How long what was said last may take to leave, before the connection is cut. */
    private static final int FAREWELL_SECONDS = 2;

    private final Channel channel;
    /** What was heard before there was anybody to tell: hardly anything, as nobody asks for it. */
    private final Queue<ByteBuf> early = new ArrayDeque<>(1);
    private @Nullable RelayEnd other;

    RelayEnd(Channel channel) {
        this.channel = channel;
    }

    /** To be called by the event loop, before anything is heard behind the handshake. */
    final void listen() {
        ChannelHandlerContext decoder = channel.pipeline().context(WebSocketFrameDecoder.class);
        if (decoder == null) {
            throw new IllegalStateException("nobody has shaken hands on " + channel);
        }
        // Before the decoder, so that it hears nothing. What else the library has there stays, and hears of the end.
        channel.pipeline().addBefore(decoder.name(), NAME, this);
    }

    /** From now on what is heard is for the other one, and more is asked for. */
    final void talkTo(RelayEnd joined) {
        inEventLoop(() -> {
            other = joined;
            early.forEach(joined::write);
            early.clear();
            joined.flush();
            if (channel.isActive()) {
                channel.config().setAutoRead(true);
            } else {
                joined.finish();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (other == null) {
            early.add(bytes);
        } else {
            other.write(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (other != null) {
            other.flush();
        }
        context.fireChannelReadComplete();
    }

    /** Who does not read is not talked to: it is the service that knows how much may wait for a client. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (other != null) {
            other.channel.config().setAutoRead(channel.isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        early.forEach(ByteBuf::release);
        early.clear();
        if (other != null) {
            other.finish();
        }
        context.fireChannelInactive();
    }

    /** A connection that breaks is one that ends, as those of clients do all the time. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private void write(ByteBuf bytes) {
        if (channel.eventLoop().inEventLoop()) {
            send(bytes);
        } else {
            channel.eventLoop().execute(() -> send(bytes));
        }
    }

    /** Takes the bytes over, and leaves the flush to the end of what has been heard together. */
    void send(ByteBuf bytes) {
        channel.pipeline().context(this).write(bytes);
    }

    private void flush() {
        channel.flush();
    }

    /** Nothing more will come: the connection ends when all that came has left. */
    private void finish() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.eventLoop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
    }

    final void inEventLoop(Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            step.run();
        } else {
            channel.eventLoop().execute(step);
        }
    }

    final Mono<Void> closed() {
        return FutureMono.from(channel.closeFuture());
    }

    final Channel channel() {
        return channel;
    }
}
