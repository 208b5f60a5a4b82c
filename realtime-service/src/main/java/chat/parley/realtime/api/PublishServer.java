package chat.parley.realtime.api;

import io.netty.channel.Channel;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Puts a {@link PublishGate} into every connection of the web server. */
// Before the sockets' server, whose handlers thus stand in front of these: one of them must see every first request.
@Order(0)
@Component
final class PublishServer implements NettyServerCustomizer {

    private final QuickPublishing publishing;
    private final PublishAnswers answers;

    PublishServer(QuickPublishing publishing, PublishAnswers answers) {
        this.publishing = publishing;
        this.answers = answers;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> putGate(channel));
    }

    private void putGate(Channel channel) {
        if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
            channel
                .pipeline()
                .addAfter(NettyPipeline.HttpCodec, PublishGate.NAME, new PublishGate(publishing, answers));
        }
    }
}
