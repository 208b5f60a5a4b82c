package chat.parley.realtime.channels.socket;

import chat.parley.realtime.channels.Publisher;
import chat.parley.realtime.channels.app.AppLimits;
import chat.parley.realtime.channels.app.WebhookEvent;
import chat.parley.realtime.channels.fanout.Member;
import chat.parley.realtime.channels.fanout.Socket;
import chat.parley.realtime.channels.fanout.Subscription;
import chat.parley.realtime.channels.protocol.ChannelName;
import chat.parley.realtime.channels.protocol.ClientMessage;
import chat.parley.realtime.channels.protocol.MalformedMessage;
import chat.parley.realtime.channels.protocol.ServerMessages;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Client events: what a subscriber tells the other subscribers of a private or presence channel. */
@Component
final class Whispering {

    private static final int RATE = 4301;

    private final Publisher publisher;
    private final ApplicationEventPublisher listeners;
    private final SocketMeters meters;

    Whispering(Publisher publisher, ApplicationEventPublisher listeners, SocketMeters meters) {
        this.meters = meters;
        this.publisher = publisher;
        this.listeners = listeners;
    }

    void whisper(Socket socket, ClientMessage message) throws MalformedMessage {
        if (!socket.app().limits().clientEvents()) {
            throw new MalformedMessage("Client events are switched off for this app");
        }
        ChannelName channel = ChannelName.parse(
            message.channel() == null ? "" : message.channel()
        ).orElseThrow(() -> new MalformedMessage("A client event needs its 'channel'"));
        Subscription subscription = socket.subscription(channel.value());
        if (!channel.kind().carriesClientEvents()) {
            throw new MalformedMessage("Client events are for private and presence channels only");
        }
        if (subscription == null) {
            throw new MalformedMessage("Subscribe to " + channel + " before sending events to it");
        }
        requireWithin(socket.app().limits(), message);
        if (!socket.mayWhisper()) {
            meters.silenced();
            socket.send(
                ServerMessages.error(RATE, "Too many client events in one second; this one is dropped")
            );
            return;
        }
        publish(socket, channel, message, subscription.member());
    }

    private static void requireWithin(AppLimits limits, ClientMessage message) throws MalformedMessage {
        if (message.event().length() > limits.maxEventName()) {
            throw new MalformedMessage(
                "An event's name has at most " + limits.maxEventName() + " characters"
            );
        }
        long most = limits.maxEventSize().toBytes();
        if (ByteBufUtil.utf8Bytes(message.data()) > most) {
            throw new MalformedMessage("A client event's data is at most " + most + " bytes");
        }
    }

    private void publish(Socket socket, ChannelName channel, ClientMessage message, @Nullable Member member) {
        String user = member == null ? null : member.userId();
        publisher
            .publish(
                new Publisher.Publication(
                    socket.app(),
                    channel.value(),
                    message.event(),
                    message.data(),
                    socket.id(),
                    user
                )
            )
            .whenComplete((_, failure) -> {
                if (failure != null) {
                    socket.hub().offer(() -> notPublished(socket));
                }
            });
        if (socket.app().tellsOf(WebhookEvent.CLIENT_EVENT)) {
            listeners.publishEvent(
                new ClientEventSent(
                    socket.app(),
                    channel.value(),
                    message.event(),
                    message.data(),
                    socket.id(),
                    user
                )
            );
        }
        listeners.publishEvent(
            new Whisper(socket.app(), channel, message.event(), message.data(), socket.userId())
        );
    }

    private static void notPublished(Socket socket) {
        socket.send(ServerMessages.error(null, "The client event could not be passed on"));
    }
}
