package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.CloseCode;
import chat.parley.realtime.channels.protocol.ServerMessages;
import chat.parley.realtime.channels.protocol.WebSocketFrames;
import chat.parley.realtime.channels.socket.Handshake.Answer;
import chat.parley.realtime.channels.socket.Handshake.Refused;
import chat.parley.realtime.channels.socket.Handshake.Welcome;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a socket's pipeline: hears its frames, and its end. */
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

    static final String NAME = "parley.socket";

    private static final Logger log = LoggerFactory.getLogger(SocketHandler.class);

    private final SocketServer server;
    private final Conversation conversation;
    private final Answer answer;
    private @Nullable Socket socket;

    SocketHandler(SocketServer server, Conversation conversation, Answer answer) {
        this.server = server;
        this.conversation = conversation;
        this.answer = answer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        switch (answer) {
            case Welcome welcome -> socket = server.open(welcome.app(), context);
            case Refused refused -> turnAway(context, refused.code());
        }
    }

    /** Only on an open WebSocket can a client be told why. */
    private static void turnAway(ChannelHandlerContext context, CloseCode code) {
        context.write(ServerMessages.error(code.code(), code.reason()));
        context.writeAndFlush(WebSocketFrames.close(code)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        Socket heard = socket;
        if (heard == null || !heard.isOpen()) {
            if (frame instanceof CloseWebSocketFrame) {
                context.close();
            }
            return;
        }
        heard.heard();
        switch (frame) {
            case TextWebSocketFrame text -> conversation.hear(heard, text.content());
            case PingWebSocketFrame ping -> heard.send(WebSocketFrames.pong(ping.content()));
            case CloseWebSocketFrame close -> heard.closeAsAsked(close.statusCode(), close.reasonText());
            case BinaryWebSocketFrame _ -> heard.close(CloseCode.TEXT_ONLY);
            default -> {
                // A pong: that it was heard is all there is to it.
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Socket gone = socket;
        socket = null;
        if (gone != null) {
            try {
                conversation.end(gone);
            } finally {
                server.closed(gone);
            }
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Socket failed = socket;
        boolean isGone = cause instanceof IOException || cause instanceof PrematureChannelClosureException;
        if (failed == null || isGone) {
            context.close();
            return;
        }
        failed.close(codeFor(cause));
    }

    private static CloseCode codeFor(Throwable cause) {
        return switch (cause) {
            case TooLongFrameException _ -> CloseCode.TOO_BIG;
            case CorruptedWebSocketFrameException corrupted when (
                corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
            ) -> CloseCode.TOO_BIG;
            case CorruptedWebSocketFrameException _ -> CloseCode.PROTOCOL_VIOLATION;
            default -> {
                log.error("A socket failed", cause);
                yield CloseCode.OVER_CAPACITY;
            }
        };
    }
}
