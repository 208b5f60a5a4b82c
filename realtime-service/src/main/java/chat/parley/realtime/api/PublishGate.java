package chat.parley.realtime.api;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind a connection's HTTP codec and answers what {@link QuickPublishing} can. The first request that it cannot
 * passes on to WebFlux untouched, and with it the connection: Reactor Netty counts a connection's requests and answers, and
 * would lose count of those that it does not see. At most one request of a connection is here at a time: what a client
 * sends behind it (pipelining) waits, and is not read any further.
 */
final class PublishGate extends ChannelDuplexHandler {

    static final String NAME = "parley.publish";

    /** Ten KB of data, escaped, and a hundred channels' names; whatever is longer passes on. */
    private static final int MAX_BODY = 128 * 1024;

    private final QuickPublishing publishing;
    private final PublishAnswers answers;

    /** The request that is being received, to be answered here or passed on. */
    private final List<HttpObject> receiving = new ArrayList<>(3);
    /** What came behind the one that is being answered. */
    private final Queue<Object> behind = new ArrayDeque<>(0);
    private boolean answering;
    private long since;

    PublishGate(QuickPublishing publishing, PublishAnswers answers) {
        this.publishing = publishing;
        this.answers = answers;
    }

    // --- requests

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (answering) {
            behind.add(message);
        } else if (!receiving.isEmpty() || isCandidate(message)) {
            receive(context, (HttpObject) message);
        } else {
            leave(context, List.of(message));
        }
    }

    private boolean isCandidate(Object message) {
        return (
            message instanceof HttpRequest request &&
            request.method().equals(HttpMethod.POST) &&
            request.decoderResult().isSuccess() &&
            QuickPublishing.mayBe(request.uri()) &&
            HttpUtil.isContentLengthSet(request) &&
            HttpUtil.getContentLength(request, Long.MAX_VALUE) <= MAX_BODY &&
            !request.headers().contains(HttpHeaderNames.EXPECT)
        );
    }

    private void receive(ChannelHandlerContext context, HttpObject part) {
        if (receiving.isEmpty()) {
            since = System.nanoTime();
        }
        receiving.add(part);
        if (part instanceof LastHttpContent) {
            received(context);
        }
    }

    private void received(ChannelHandlerContext context) {
        HttpRequest request = (HttpRequest) receiving.getFirst();
        boolean whole = receiving.stream().allMatch(part -> part.decoderResult().isSuccess());
        CompletableFuture<Void> published = whole ? publishing.attempt(request.uri(), body()) : null;
        if (published == null) {
            leave(context, receiving);
            return;
        }
        receiving.forEach(ReferenceCountUtil::release);
        receiving.clear();
        answering = true;
        published.whenComplete((_, failure) -> inLoop(context, () -> answer(context, request, failure)));
    }

    private byte[] body() {
        CompositeByteBuf body = Unpooled.compositeBuffer(receiving.size());
        for (HttpObject part : receiving) {
            if (part instanceof HttpContent content) {
                body.addComponent(true, content.content().retainedSlice());
            }
        }
        try {
            return ByteBufUtil.getBytes(body);
        } finally {
            body.release();
        }
    }

    /** @param now what has come of the first request that is not for here */
    private void leave(ChannelHandlerContext context, List<?> now) {
        List<Object> all = new ArrayList<>(now);
        all.addAll(behind);
        receiving.clear();
        behind.clear();
        context.pipeline().remove(this);
        all.forEach(context::fireChannelRead);
    }

    private static void inLoop(ChannelHandlerContext context, Runnable work) {
        if (context.executor().inEventLoop()) {
            work.run();
        } else {
            context.executor().execute(work);
        }
    }

    // --- answers

    private void answer(ChannelHandlerContext context, HttpRequest request, @Nullable Throwable failure) {
        if (!context.channel().isActive()) {
            return;
        }
        FullHttpResponse response = answers.to(request, failure, System.nanoTime() - since);
        boolean stays = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, stays);
        var written = context.writeAndFlush(response);
        if (!stays) {
            written.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        answering = false;
        while (!answering && !behind.isEmpty()) {
            channelRead(context, behind.remove());
        }
        if (!answering) {
            demand(context);
        }
    }

    // --- reading, which Reactor Netty does on demand only, and nobody behind this handler demands what it keeps

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!receiving.isEmpty()) {
            demand(context);
        }
        context.fireChannelReadComplete();
    }

    private void demand(ChannelHandlerContext context) {
        if (context.channel().isActive() && !context.channel().config().isAutoRead()) {
            context.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext context) {
        // While one is answered nothing is read: the answer's end demands what is next.
        if (!answering) {
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        receiving.forEach(ReferenceCountUtil::release);
        receiving.clear();
        behind.forEach(ReferenceCountUtil::release);
        behind.clear();
    }
}
