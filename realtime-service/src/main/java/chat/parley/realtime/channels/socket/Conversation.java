package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import chat.parley.realtime.channels.socket.SocketMeters.Heard;
import io.netty.buffer.ByteBuf;
import org.springframework.stereotype.Component;

/** What a client says, led to whoever answers it. */
@Component
final class Conversation {

    private final Subscribing subscribing;
    private final SigningIn signingIn;
    private final Whispering whispering;
    private final Identities identities;
    private final SocketMeters meters;

    Conversation(
        Subscribing subscribing,
        SigningIn signingIn,
        Whispering whispering,
        Identities identities,
        SocketMeters meters
    ) {
        this.subscribing = subscribing;
        this.signingIn = signingIn;
        this.whispering = whispering;
        this.identities = identities;
        this.meters = meters;
    }

    void hear(Socket socket, ByteBuf text) {
        try {
            hear(socket, ClientMessage.read(text));
        } catch (MalformedMessage e) {
            meters.heard(Heard.MALFORMED);
            socket.send(ServerMessages.error(null, e.sentence()));
        }
    }

    private void hear(Socket socket, ClientMessage message) throws MalformedMessage {
        meters.heard(kindOf(message.event()));
        switch (message.event()) {
            case "pusher:ping" -> socket.send(ServerMessages.pong());
            case "pusher:pong" -> {
                // That it was heard is all there is to it.
            }
            case "pusher:subscribe" -> subscribing.subscribe(socket, SubscribeRequest.of(message));
            case "pusher:unsubscribe" -> subscribing.unsubscribe(socket, SubscribeRequest.channelOf(message));
            case "pusher:signin" -> signingIn.signIn(socket, message.fields());
            case String event when event.startsWith("client-") -> whispering.whisper(socket, message);
            default -> throw new MalformedMessage("There is no event '" + shortened(message.event()) + "'");
        }
    }

    private static Heard kindOf(String event) {
        return switch (event) {
            case "pusher:ping" -> Heard.PING;
            case "pusher:pong" -> Heard.PONG;
            case "pusher:subscribe" -> Heard.SUBSCRIBE;
            case "pusher:unsubscribe" -> Heard.UNSUBSCRIBE;
            case "pusher:signin" -> Heard.SIGN_IN;
            default -> event.startsWith("client-") ? Heard.CLIENT_EVENT : Heard.UNKNOWN;
        };
    }

    private static String shortened(String event) {
        return event.length() <= 64 ? event : event.substring(0, 64) + "…";
    }

    void end(Socket socket) {
        socket.gone();
        socket.channels().forEach(channel -> subscribing.end(socket, channel));
        signingIn.end(socket);
        identities.gone(socket);
    }
}
