package chat.parley.gateway.routing;

import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A client's socket, which is given something to send once the service has taken it: that settles the call. */
record ProxiedSocket(WebSocketSession client, UpstreamCall call) implements WebSocketSession {
    @Override
    public Mono<Void> send(Publisher<WebSocketMessage> messages) {
        call.succeeded(0);
        return client.send(messages);
    }

    @Override
    public String getId() {
        return client.getId();
    }

    @Override
    public HandshakeInfo getHandshakeInfo() {
        return client.getHandshakeInfo();
    }

    @Override
    public DataBufferFactory bufferFactory() {
        return client.bufferFactory();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return client.getAttributes();
    }

    @Override
    public Flux<WebSocketMessage> receive() {
        return client.receive();
    }

    @Override
    public boolean isOpen() {
        return client.isOpen();
    }

    @Override
    public Mono<Void> close(CloseStatus status) {
        return client.close(status);
    }

    @Override
    public Mono<CloseStatus> closeStatus() {
        return client.closeStatus();
    }

    @Override
    public WebSocketMessage textMessage(String payload) {
        return client.textMessage(payload);
    }

    @Override
    public WebSocketMessage binaryMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return client.binaryMessage(payload);
    }

    @Override
    public WebSocketMessage pingMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return client.pingMessage(payload);
    }

    @Override
    public WebSocketMessage pongMessage(Function<DataBufferFactory, DataBuffer> payload) {
        return client.pongMessage(payload);
    }
}
