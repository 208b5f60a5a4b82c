package chat.parley.gateway.routing;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.reactive.socket.CloseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.NettyInbound;

/**
 * A socket between its client and the service, once both have shaken hands: from then on the bytes of one side are those of
 * the other, and are passed on as they come. Nobody here takes frames apart to put the same ones together again.
 */
final class SocketRelay {

    private final ClientEnd client;
    private final Runnable taken;

    /**
     * By the event loop of the client's connection, right after its handshake.
     *
     * @param inbound the client's
     * @param taken run when the service has taken the socket
     */
    SocketRelay(NettyInbound inbound, Runnable taken) {
        this.client = new ClientEnd(channelOf(inbound));
        this.taken = taken;
        client.listen();
    }

    /**
     * By the event loop of the service's connection, right after its handshake: what follows is for the client.
     *
     * @return completes when both sides are closed
     */
    Mono<Void> join(NettyInbound inbound) {
        RelayEnd service = new RelayEnd(channelOf(inbound));
        service.listen();
        taken.run();
        client.talkTo(service);
        service.talkTo(client);
        return Mono.when(service.closed(), client.closed());
    }

    private static Channel channelOf(NettyInbound inbound) {
        CompletableFuture<Channel> channel = new CompletableFuture<>();
        inbound.withConnection(connection -> channel.complete(connection.channel()));
        return channel.resultNow();
    }

    /** Completes when the client has been told, and the connection is closed. */
    Mono<Void> sendAway(CloseStatus status) {
        return Mono.fromRunnable(() -> client.sendAway(status)).then(client.closed());
    }
}
