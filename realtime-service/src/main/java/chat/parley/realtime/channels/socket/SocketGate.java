package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.socket.Handshake.Answer;
import chat.parley.realtime.channels.socket.Handshake.Refused;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Stands right behind a connection's HTTP codec. A request for a socket ends there: everything that Reactor Netty
 * would do for a request leaves the pipeline, and the socket's own handlers take over, so that a socket costs no
 * Reactor chain. All other requests pass on to WebFlux.
 */
final class SocketGate extends ChannelInboundHandlerAdapter {

    static final String NAME = "parley.gate";

    private static final int RETRY_AFTER_SECONDS = 5;

    private final SocketServer server;
    private @Nullable HttpRequest asked;

    SocketGate(SocketServer server) {
        this.server = server;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (asked == null && isForSocket(message)) {
            asked = (HttpRequest) message;
            if (!(message instanceof LastHttpContent)) {
                return;
            }
        }
        if (asked == null) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            answer(context, asked);
        }
    }

    private static boolean isForSocket(Object message) {
        return (
            message instanceof HttpRequest request &&
            request.decoderResult().isSuccess() &&
            Handshake.isForSockets(request.uri())
        );
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (asked != null && context.channel().isActive() && !context.channel().config().isAutoRead()) {
            // Reactor Netty reads on demand only, and nobody behind us demands the rest of this request.
            context.read();
        }
        context.fireChannelReadComplete();
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        if (!isUpgrade(request)) {
            refuse(context, HttpResponseStatus.UPGRADE_REQUIRED);
            return;
        }
        switch (server.next()) {
            case WELCOME -> upgrade(
                context,
                request,
                server.answer(Asked.of(request, context.channel().remoteAddress()))
            );
            case FAREWELL -> upgrade(context, request, new Refused(CloseCode.OVER_CAPACITY));
            case REFUSE -> {
                server.refused();
                refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE);
            }
        }
    }

    private static boolean isUpgrade(HttpRequest request) {
        return (
            request.method().equals(HttpMethod.GET) &&
            request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true) &&
            request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true) &&
            WebSocketVersion.V13.toHttpHeaderValue().equals(
                request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION)
            ) &&
            request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
        );
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        response
            .headers()
            .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketVersion.V13.toHttpHeaderValue());
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void upgrade(ChannelHandlerContext context, HttpRequest request, Answer answer) {
        leaveOnlySocketHandlers(context.pipeline());
        var whole = new DefaultFullHttpRequest(
            request.protocolVersion(),
            request.method(),
            request.uri(),
            Unpooled.EMPTY_BUFFER,
            request.headers(),
            EmptyHttpHeaders.INSTANCE
        );
        var handshaker = new WebSocketServerHandshaker13("", null, decoding());
        try {
            handshaker
                .handshake(context.channel(), whole)
                .addListener(done -> upgraded(context, answer, done.isSuccess()));
        } catch (WebSocketHandshakeException e) {
            refuse(context, HttpResponseStatus.BAD_REQUEST);
        }
    }

    private WebSocketDecoderConfig decoding() {
        return WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(server.maxMessageBytes())
            .allowExtensions(false)
            .expectMaskedFrames(true)
            // The handler behind it does, in the words of the protocol.
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();
    }

    /** Of what follows the HTTP codec, which the handshake takes out itself. */
    private void leaveOnlySocketHandlers(ChannelPipeline pipeline) {
        List<ChannelHandler> others = new ArrayList<>();
        boolean passed = false;
        for (var entry : pipeline.toMap().entrySet()) {
            if (passed && entry.getValue() != this) {
                others.add(entry.getValue());
            }
            passed |= entry.getKey().equals(NettyPipeline.HttpCodec);
        }
        others.forEach(pipeline::remove);
    }

    private void upgraded(ChannelHandlerContext context, Answer answer, boolean success) {
        if (!success) {
            context.close();
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        // Frames are written whole, see WebSocketFrames.
        pipeline.remove("wsencoder");
        int outbound = server.maxOutboundBytes();
        context.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(outbound / 2, outbound));
        pipeline.addLast(new WebSocketFrameAggregator(server.maxMessageBytes()));
        pipeline.addLast(SocketHandler.NAME, server.handler(answer));
        pipeline.remove(this);
        context.channel().config().setAutoRead(true);
    }
}
