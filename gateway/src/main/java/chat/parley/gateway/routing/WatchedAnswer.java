package chat.parley.gateway.routing;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import io.netty.channel.Channel;
import java.util.function.Consumer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.NettyInbound;

/**
 * A service's connection, once its answer has begun. Spring takes "connection reset by peer" for a client that has gone
 * and ends the request quietly. If it was the service that reset its connection, half an answer would look like a whole
 * one then; so such a break has another name here, and breaks the client's connection as well.
 */
record WatchedAnswer(Connection connection) implements Connection {
    /** Whoever writes the answer reads it from there. */
    static void watch(ServerWebExchange exchange) {
        exchange
            .getAttributes()
            .computeIfPresent(CLIENT_RESPONSE_CONN_ATTR, (_, connection) ->
                new WatchedAnswer((Connection) connection)
            );
    }

    @Override
    public Channel channel() {
        return connection.channel();
    }

    @Override
    public NettyInbound inbound() {
        return new Inbound(connection);
    }

    private record Inbound(Connection connection) implements NettyInbound {
        @Override
        public ByteBufFlux receive() {
            return ByteBufFlux.fromInbound(
                connection.inbound().receive().onErrorMap(AnswerCutOff::new),
                connection.channel().alloc()
            );
        }

        @Override
        public Flux<?> receiveObject() {
            return connection.inbound().receiveObject();
        }

        @Override
        public NettyInbound withConnection(Consumer<? super Connection> use) {
            use.accept(connection);
            return this;
        }
    }
}
