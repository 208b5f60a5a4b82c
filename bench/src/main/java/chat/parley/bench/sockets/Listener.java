package chat.parley.bench.sockets;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One socket's end of Pusher's protocol, as far as listening needs it. */
final class Listener extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LongConsumer marks;
    private final CompletableFuture<String> socketId = new CompletableFuture<>();
    private final CompletableFuture<Boolean> subscribed = new CompletableFuture<>();

    /** @param marks is told each that is heard, on the socket's own thread */
    Listener(LongConsumer marks) {
        this.marks = marks;
    }

    CompletableFuture<String> socketId() {
        return socketId;
    }

    CompletableFuture<Boolean> subscribed() {
        return subscribed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        long mark = Flight.markIn(frame.content());
        if (mark >= 0) {
            marks.accept(mark);
        } else {
            protocol(context, JSON.readTree(frame.text()));
        }
    }

    private void protocol(ChannelHandlerContext context, JsonNode frame) {
        switch (frame.path("event").asString("")) {
            case "pusher:connection_established" -> socketId.complete(
                JSON.readTree(frame.path("data").asString()).path("socket_id").asString()
            );
            case "pusher_internal:subscription_succeeded" -> subscribed.complete(true);
            case "pusher:ping" -> context.writeAndFlush(
                new TextWebSocketFrame("{\"event\":\"pusher:pong\",\"data\":{}}")
            );
            case "pusher:error", "pusher:subscription_error" -> fail(new IOException(frame.toString()));
            default -> {
                // Other events of the room are nobody's messages.
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the socket was closed"));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        context.close();
    }

    private void fail(Throwable cause) {
        socketId.completeExceptionally(cause);
        subscribed.completeExceptionally(cause);
    }
}
